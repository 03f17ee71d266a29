using Kith.Core.Storage;

namespace Kith.Core.Conversations;

/// <summary>What a caller wants of a session: the state after it, and the documents to write besides the head.</summary>
/// <param name="Next">The state the caller was given, unchanged, when there is nothing to write.</param>
internal sealed record SessionChange(SessionState Next)
{
    /// <summary>Message creations first: they are what may be spread over several batches.</summary>
    public IReadOnlyList<Operation> Operations { get; init; } = [];
}
