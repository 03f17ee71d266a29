using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Erasures.Wire;

/// <param name="Left">Everything that still refers to the target: 0 once it is erased.</param>
/// <param name="Remaining">The same by kind of document.</param>
/// <param name="InUseAgain">The id was given to something new since, and what is left may be of that.</param>
internal sealed record Proof(string CheckedAt, long Left, IReadOnlyDictionary<string, long> Remaining, bool InUseAgain)
{
    public static Proof Of(Core.Erasing.Proof proof) =>
        new(Moment.Format(proof.CheckedAt), proof.Remaining.Values.Sum(), Named(proof.Remaining), proof.InUseAgain);

    public static IReadOnlyDictionary<string, long> Named(IReadOnlyDictionary<string, long> counts) =>
        counts.ToDictionary(count => JsonNamingPolicy.SnakeCaseLower.ConvertName(count.Key), count => count.Value);
}
