using Kith.Core.Reasoning;

namespace Kith.Azure.Models;

/// <summary>
/// What a call may take with all its repetitions, by purpose. For answers the deadline is that of the whole search, and higher levels have more of it;
/// when it passes, what is there by then is the answer.
/// </summary>
public sealed record ModelDeadlines
{
    public TimeSpan Derive { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Summary { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Dream { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Embed { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan Minimal { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Low { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan Medium { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan High { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(120);

    internal bool ArePositive => Array.TrueForAll([Derive, Summary, Dream, Embed, Minimal, Low, Medium, High, Max], deadline => deadline > TimeSpan.Zero);

    internal bool AreMonotone => Minimal <= Low && Low <= Medium && Medium <= High && High <= Max;

    internal TimeSpan Of(ReasoningLevel level) => level switch
    {
        ReasoningLevel.Minimal => Minimal,
        ReasoningLevel.Low => Low,
        ReasoningLevel.Medium => Medium,
        ReasoningLevel.High => High,
        _ => Max,
    };

    /// <param name="setting">The duration set for a name; null for the standard.</param>
    internal static ModelDeadlines From(Func<string, TimeSpan?> setting)
    {
        var standard = new ModelDeadlines();
        return new ModelDeadlines
        {
            Derive = setting(nameof(Derive)) ?? standard.Derive,
            Summary = setting(nameof(Summary)) ?? standard.Summary,
            Dream = setting(nameof(Dream)) ?? standard.Dream,
            Embed = setting(nameof(Embed)) ?? standard.Embed,
            Minimal = setting(nameof(Minimal)) ?? standard.Minimal,
            Low = setting(nameof(Low)) ?? standard.Low,
            Medium = setting(nameof(Medium)) ?? standard.Medium,
            High = setting(nameof(High)) ?? standard.High,
            Max = setting(nameof(Max)) ?? standard.Max,
        };
    }
}
