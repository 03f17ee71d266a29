using Kith.Core.Filters;

namespace Kith.Core.Memory;

/// <summary>From when memory is looked at: what was true at one time, as far as it was known at another.</summary>
/// <param name="AsOf">True when; the time of knowing where null.</param>
/// <param name="KnownAt">Known when; now where null.</param>
public sealed record Clocks(DateTimeOffset? AsOf = null, DateTimeOffset? KnownAt = null)
{
    public static Clocks Now { get; } = new();

    internal bool IsNow => AsOf is null && KnownAt is null;

    /// <summary>What was said later is not looked at; null where everything is.</summary>
    internal DateTimeOffset? Until => AsOf < KnownAt ? AsOf : KnownAt ?? AsOf;

    /// <summary>Holds for the conclusions to be seen.</summary>
    internal Condition Holding => (AsOf ?? KnownAt) is { } moment ? At(moment, KnownAt) : new Condition.All(Absent("validTo"), Absent("retractedAt"));

    /// <summary>Holds for the conclusions that were known to have begun, those that had ended included.</summary>
    internal Condition Known => (AsOf ?? KnownAt) is { } moment ? Begun(moment, KnownAt) : Absent("retractedAt");

    private static Condition.All At(DateTimeOffset moment, DateTimeOffset? known) => new(
    [
        .. Begun(moment, known).Parts,
        new Condition.Any([Absent("validTo"), After("validTo", moment), .. NotYet("closedAt", known)]),
    ]);

    private static Condition.All Begun(DateTimeOffset moment, DateTimeOffset? known) => new(
    [
        new Condition.Any(By("validFrom", moment), new Condition.All(Absent("validFrom"), By("saidAt", moment))),
        new Condition.Any([Absent("retractedAt"), .. NotYet("retractedAt", known)]),
        .. known is { } time ? [By("createdAt", time)] : Array.Empty<Condition>(),
    ]);

    private static Condition[] NotYet(string field, DateTimeOffset? known) => known is { } time ? [After(field, time)] : [];

    private static Condition.IsNull Absent(string field) => new(Field.Time(field));

    private static Condition.Compare By(string field, DateTimeOffset time) => new(Field.Time(field), Comparison.LessOrEqual, Timestamp.Of(time));

    private static Condition.Compare After(string field, DateTimeOffset time) => new(Field.Time(field), Comparison.Greater, Timestamp.Of(time));
}
