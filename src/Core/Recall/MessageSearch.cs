using Kith.Core.Conversations;

namespace Kith.Core.Recall;

/// <summary>Hybrid search over messages.</summary>
public sealed class MessageSearch
{
    /// <summary>Best first, at most the request's limit. A message is found as soon as its append returned.</summary>
    public Task<IReadOnlyList<Message>> SearchAsync(MessageSearchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
