using Kith.Core.Conversations;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Core.Threads;

namespace Kith.Core.Directory;

/// <summary>Writes the directory's copies of sessions, threads and memberships. Idempotent: the worker repeats it where a process died in between.</summary>
internal sealed class SessionProjection(IDocumentStore store, ThreadDirectory threads)
{
    /// <summary>The session's entry, and the memberships of these peers.</summary>
    public Task WriteAsync(SessionState state, IReadOnlyCollection<string> peers, CancellationToken cancellationToken) =>
        Task.WhenAll([WriteSessionAsync(state, cancellationToken), .. peers.Select(peer => WriteMembershipAsync(state, peer, cancellationToken))]);

    public Task WriteSessionAsync(SessionState state, CancellationToken cancellationToken) => Task.WhenAll(
        store.PutAsync(Owners.Sessions(state.Workspace), state.Name, state.Session!, DocumentJson.Default.Session, cancellationToken),
        WriteThreadAsync(state, cancellationToken));

    /// <summary>The entry of a session that is being deleted: written late, it leaves that of a later session of the same id alone.</summary>
    public Task HideAsync(SessionState state, CancellationToken cancellationToken) => Task.WhenAll(
        store.ChangeAsync(
            Owners.Sessions(state.Workspace),
            state.Name,
            DocumentJson.Default.Session,
            current => current is not null && Timestamp.Of(current.CreatedAt) == Timestamp.Of(state.Session!.CreatedAt) ? state.Session : current,
            cancellationToken),
        WriteThreadAsync(state, cancellationToken));

    /// <summary>Nothing for a session that is no thread.</summary>
    public Task WriteThreadAsync(SessionState state, CancellationToken cancellationToken) =>
        state.Session?.Thread is null ? Task.CompletedTask : threads.WriteAsync(state, cancellationToken);

    /// <summary>Removes memberships of peers that are no members. Those of scopes are their own.</summary>
    public async Task RemoveStrayAsync(SessionState state, CancellationToken cancellationToken)
    {
        var ofSession = new Query("membership") { Where = new Condition.Compare(Field.Text("session"), Comparison.Equal, state.Name) };
        var stray = store.AllAsync(Partition.WholeWorkspace(Container.Directory, state.Workspace), ofSession, cancellationToken)
            .Where(document => document.Partition.Second is { } peer && !peer.StartsWith(Names.ScopePrefix, StringComparison.Ordinal) && !state.Members.ContainsKey(peer));
        await store.DeleteAllAsync(stray, cancellationToken);
    }

    private Task WriteMembershipAsync(SessionState state, string peer, CancellationToken cancellationToken)
    {
        var membership = new Membership { Session = state.Name, CreatedAt = state.Session!.CreatedAt };
        return store.PutAsync(Owners.Memberships(state.Workspace, peer), state.Name, membership, DocumentJson.Default.Membership, cancellationToken);
    }
}
