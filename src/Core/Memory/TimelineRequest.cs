using Kith.Core.Filters;

namespace Kith.Core.Memory;

/// <summary>Which conclusions of a workspace are wanted; null anywhere asks for all.</summary>
/// <param name="Message">One that they rest on.</param>
public sealed record TimelineRequest(
    string? Observer = null,
    string? Observed = null,
    string? Session = null,
    string? Message = null,
    string? Level = null,
    string? Origin = null,
    ConclusionState? State = null)
{
    internal Condition.All Where => new([.. Parts()]);

    private IEnumerable<Condition> Parts()
    {
        foreach (var (field, value) in new[] { ("observer", Observer), ("observed", Observed), ("sessionId", Session), ("level", Level), ("origin", Origin) })
        {
            if (value is not null)
                yield return new Condition.Compare(Field.Text(field), Comparison.Equal, value);
        }

        if (Message is not null)
            yield return new Condition.Includes(Field.TextList("messageIds"), Message);
        var (isOpen, isHeld) = (new Condition.IsNull(Field.Time("validTo")), new Condition.IsNull(Field.Time("retractedAt")));
        if (State is ConclusionState.Current)
            yield return isOpen;
        if (State is ConclusionState.Ended)
            yield return new Condition.Not(isOpen);
        if (State is ConclusionState.Current or ConclusionState.Ended)
            yield return isHeld;
        if (State is ConclusionState.Retracted)
            yield return new Condition.Not(isHeld);
    }
}
