using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>What a proposal comes to in a pair's memory as it is now.</summary>
/// <param name="Touched">Conclusions whose index entries follow; those that are gone lose theirs.</param>
internal sealed record DreamChange(IReadOnlyList<Operation> Operations, IReadOnlyCollection<string> Touched, DreamTally Tally);
