using Kith.Core.Porting;
using Kith.Http.Schema;

namespace Kith.Http.Porting.Wire;

/// <param name="Format"><c>kith</c>, <c>mem0</c>, <c>chatgpt</c> or <c>honcho</c>.</param>
/// <param name="State"><c>running</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="Skipped">There already, by id.</param>
/// <param name="Refusals">Lines that could not be imported and why; the first hundred.</param>
internal sealed record Import(
    string Id,
    string Format,
    string State,
    string? Reason,
    Import.Steps Progress,
    long Imported,
    long Skipped,
    long Refused,
    IReadOnlyList<Import.Refusal> Refusals,
    string CreatedAt,
    string? FinishedAt)
{
    public static string Name(ImportFormat format) => format.ToString().ToLowerInvariant();

    public static Import Of(Core.Porting.Import import) => new(
        import.Id,
        Name(import.Format),
        import.State.ToString().ToLowerInvariant(),
        import.Reason,
        new Steps(import.Imported + import.Skipped + import.Refused, import.LinesTotal),
        import.Imported,
        import.Skipped,
        import.Refused,
        [.. import.Refusals.Select(refusal => new Refusal(refusal.Line, refusal.Reason))],
        Moment.Format(import.CreatedAt),
        import.FinishedAt is { } time ? Moment.Format(time) : null);

    internal sealed record Steps(long LinesDone, long LinesTotal);

    internal sealed record Refusal(long Line, string Reason);
}
