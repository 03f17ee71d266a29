using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Threads;

/// <summary>What is said in threads. A thread shows its newest messages; older ones are hidden, never deleted.</summary>
public sealed class ThreadMessages
{
    /// <summary>Whoever answers or instructs is not observed unless somebody asks for it.</summary>
    private static readonly MemberSettings Unobserved = new(ObserveMe: false);

    private readonly MessageLog _log;
    private readonly Messages _messages;
    private readonly ThreadReader _reader;
    private readonly ThreadDirectory _directory;
    private readonly TimeProvider _time;

    internal ThreadMessages(MessageLog log, Messages messages, ThreadReader reader, ThreadDirectory directory, TimeProvider time)
    {
        _log = log;
        _messages = messages;
        _reader = reader;
        _directory = directory;
        _time = time;
    }

    /// <summary>Stores all messages or none, in order. Not found, or expired, unless the thread is to be created; conflict when it takes no messages.</summary>
    /// <param name="createIfMissing">Creates the thread with the first message's workflow, or <c>unknown</c>.</param>
    public async Task<IReadOnlyList<ThreadMessage>> AppendAsync(
        string workspace,
        string id,
        IReadOnlyList<NewThreadMessage> messages,
        bool createIfMissing,
        RequestClaim? claim,
        CancellationToken cancellationToken)
    {
        if (createIfMissing && !ThreadIds.IsValid(id))
            throw new KithException(ErrorCode.Invalid, $"Thread ids have {ThreadIds.Rule}");

        var missing = Threads.Start(new NewThread(messages[0].Fields.WorkflowName is { Length: > 0 } workflow ? workflow : "unknown"), parent: null);
        var settings = await _directory.SettingsAsync(workspace, cancellationToken);
        var known = createIfMissing ? await _reader.FindAsync(workspace, id, cancellationToken) : await _reader.GetAsync(workspace, id, cancellationToken);
        var speakers = known?.Thread ?? missing;
        var (state, stored) = await _messages.AppendAsync(workspace, id, [.. messages.Select(message => ToMessage(message, speakers))], Open, activeAt: null, claim, cancellationToken);
        var thread = state.Session!.Thread!;
        return [.. stored.Select(message => ThreadMessage.Of(message, thread))];

        SessionChange Open(SessionState current)
        {
            if (!current.Exists && createIfMissing)
                return Threads.Begin(current, missing, _time.GetUtcNow(), _time);

            var open = _reader.Demand(current, settings).Thread;
            if (settings.ArchivedReadOnly && open.Status == ThreadStatus.Archived)
                throw new KithException(ErrorCode.Conflict, $"Thread {id} is archived; reopen it first.");
            return new SessionChange(current);
        }
    }

    /// <summary>Chronological. The newest ones within the limit, of the role if one is asked for.</summary>
    public async Task<IReadOnlyList<ThreadMessage>> ListAsync(string workspace, string id, ThreadMessageQuery query, CancellationToken cancellationToken)
    {
        var thread = await _reader.GetAsync(workspace, id, cancellationToken);
        var shown = new List<ThreadMessage>();
        await foreach (var message in ShownAsync(workspace, thread, Math.Min(thread.Stored, query.Before - 1 ?? long.MaxValue), cancellationToken))
        {
            if (message.Sequence > thread.TruncatedCount && message.Sequence > (query.After ?? 0) && query.Admits(message.Role))
                shown.Add(message);
        }

        var newest = shown.TakeLast(query.Limit is > 0 and var limit ? limit : int.MaxValue);
        return [.. query.NewestFirst ? newest.Reverse() : newest];
    }

    /// <summary>The messages up to one, as many as the thread shows, ascending.</summary>
    internal async IAsyncEnumerable<ThreadMessage> ShownAsync(
        string workspace,
        ThreadSnapshot thread,
        long through,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in _log.RangeAsync(Partition.Conversation(workspace, thread.Id), Math.Max(0, through - thread.MaxMessages), through, cancellationToken))
            yield return ThreadMessage.Of(message, thread.Thread);
    }

    internal static NewMessage ToMessage(NewThreadMessage message, ConversationThread thread) => new(thread.PeerOf(message.Role), message.Content)
    {
        Metadata = message.Metadata,
        DoorFields = message.Fields.ToDoorFields(),
        Joining = message.Role == Roles.User ? MemberSettings.Default : Unobserved,
        CreatedAt = message.Timestamp,
        ClientId = message.ClientId,
    };
}
