using System.Text.Json;
using Kith.Core.Filters;

namespace Kith.Core.Conversations;

/// <summary>The messages of a session.</summary>
public sealed class Messages
{
    /// <summary>Stores all messages or none, in order, durably. Creates workspace, session and authors; authors become members. Not found while the session is being deleted.</summary>
    public Task<IReadOnlyList<Message>> AppendAsync(string workspace, string session, IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>In the order of arrival, newest first when reversed.</summary>
    public Task<Page<Message>> ListAsync(string workspace, string session, Paging paging, Condition? where, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Null when it does not exist.</summary>
    public Task<Message?> FindAsync(string workspace, string session, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Replaces the metadata; null changes nothing. Not found when missing.</summary>
    public Task<Message> UpdateAsync(string workspace, string session, string id, JsonElement? metadata, CancellationToken cancellationToken) => throw new NotSupportedException();
}
