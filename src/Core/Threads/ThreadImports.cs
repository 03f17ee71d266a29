using Kith.Core.Conversations;
using Kith.Core.Directory;

namespace Kith.Core.Threads;

/// <summary>Takes threads over from elsewhere, each whole or not at all.</summary>
public sealed class ThreadImports
{
    private readonly Messages _messages;
    private readonly Peers _peers;
    private readonly TimeProvider _time;

    internal ThreadImports(Messages messages, Peers peers, TimeProvider time)
    {
        _messages = messages;
        _peers = peers;
        _time = time;
    }

    /// <summary>Its time to live counts from now on. The parent may come later, or never. Conflict when the id is taken.</summary>
    public async Task ImportAsync(string workspace, ImportedThread imported, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var state = imported.State?.Apply(null, imported.Thread.WorkflowName, now);
        var thread = Threads.Start(imported.Thread, parent: null) with
        {
            BranchPoint = imported.Thread.BranchPoint,
            Status = imported.Status,
            KeptFrom = now,
            StateTag = state?.Tag,
        };
        NewMessage[] messages = [.. imported.Messages.Select(message => ThreadMessages.ToMessage(message, thread))];
        await _peers.EnsureWorkspaceAsync(workspace, cancellationToken);
        await _messages.AppendAsync(workspace, imported.Thread.Id!, messages, Open, imported.UpdatedAt, claim: null, cancellationToken);

        SessionChange Open(SessionState current)
        {
            var begun = Threads.Begin(current, thread, imported.CreatedAt, _time);
            return state is null ? begun : begun with { Operations = [ThreadStates.Write(state), .. begun.Operations] };
        }
    }
}
