using Kith.Core.Memory;
using Kith.Http.Schema;

namespace Kith.Http.HonchoV2.Wire;

/// <summary>What is known about a peer, statement by statement (spec honcho-api §12.3).</summary>
/// <param name="Deductive">Everything that was concluded, in whatever way: v2 knows no other kinds.</param>
internal sealed record StructuredRepresentation(IReadOnlyList<StructuredRepresentation.Statement> Explicit, IReadOnlyList<StructuredRepresentation.Deduction> Deductive)
{
    private const string ExplicitLevel = "explicit";

    public static StructuredRepresentation Of(IReadOnlyList<SourcedConclusion> conclusions) => new(
        [.. conclusions.Where(sourced => sourced.Conclusion.Level == ExplicitLevel).Select(Statement.Of)],
        [.. conclusions.Where(sourced => sourced.Conclusion.Level != ExplicitLevel).Select(Deduction.Of)]);

    /// <param name="CreatedAt">When it was said.</param>
    /// <param name="MessageIds">Places of its messages in the session, from 1: ids are text in Kith, which this field cannot hold.</param>
    /// <param name="SessionName">Empty for what belongs to no session.</param>
    internal sealed record Statement(string CreatedAt, IReadOnlyList<long> MessageIds, string SessionName, string Content)
    {
        public static Statement Of(SourcedConclusion sourced) => new(
            Moment.Format(sourced.Conclusion.SaidAt), sourced.Sequences, sourced.Conclusion.SessionId ?? "", sourced.Conclusion.Content);
    }

    internal sealed record Deduction(string CreatedAt, IReadOnlyList<long> MessageIds, string SessionName, IReadOnlyList<string> Premises, string Conclusion)
    {
        public static Deduction Of(SourcedConclusion sourced) => new(
            Moment.Format(sourced.Conclusion.SaidAt), sourced.Sequences, sourced.Conclusion.SessionId ?? "", sourced.Premises, sourced.Conclusion.Content);
    }
}
