using System.Text.Json;

namespace Kith.Core.Directory;

/// <summary>
/// What is done with a message, resolved leaf by leaf: message, then session, then workspace, then the default (spec honcho-api §5).
/// The legacy keys <c>deriver</c> and <c>skip_deriver</c> count as reasoning switches where the new one is absent.
/// </summary>
public sealed record ProcessingOptions(
    bool Reasoning,
    string? CustomInstructions,
    bool UseCard,
    bool CreateCard,
    bool Summaries,
    int ShortSummaryEvery,
    int LongSummaryEvery,
    bool Dreams)
{
    private const int DefaultShort = 20;
    private const int DefaultLong = 60;

    /// <param name="configurations">The narrowest first.</param>
    public static ProcessingOptions Resolve(params IReadOnlyList<JsonElement> configurations)
    {
        var reasoning = First(ReasoningSwitch) ?? true;
        return new ProcessingOptions(
            reasoning,
            configurations.Select(c => c.Section("reasoning").Text("custom_instructions")).FirstOrDefault(text => text is not null),
            First(c => c.Section("peer_card").Boolean("use")) ?? true,
            reasoning && (First(c => c.Section("peer_card").Boolean("create")) ?? true),
            First(c => c.Section("summary").Boolean("enabled")) ?? true,
            FirstNumber("messages_per_short_summary") ?? DefaultShort,
            FirstNumber("messages_per_long_summary") ?? DefaultLong,
            First(c => c.Section("dream").Boolean("enabled")) ?? true);

        bool? First(Func<JsonElement, bool?> leaf) => configurations.Select(leaf).FirstOrDefault(value => value is not null);

        int? FirstNumber(string name) => configurations.Select(c => c.Section("summary").Integer(name)).FirstOrDefault(value => value is > 0);
    }

    private static bool? ReasoningSwitch(JsonElement configuration) =>
        configuration.Section("reasoning").Boolean("enabled")
        ?? configuration.Section("deriver").Boolean("enabled")
        ?? (configuration.Boolean("skip_deriver") is { } skip ? !skip : null);
}
