using Kith.Core.Conversations;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>What became of messages: whether something was derived from them, and why not.</summary>
public sealed class MessageStates
{
    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly MessageLog _log;
    private readonly TimeProvider _time;

    internal MessageStates(IDocumentStore store, SessionLanes lanes, MessageLog log, TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _log = log;
        _time = time;
    }

    /// <summary>In the order of arrival, newest first when reversed. Not found without the session.</summary>
    public async Task<Page<MessageState>> ListAsync(string workspace, string session, Paging paging, CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(workspace, session);
        // Watermarks first, as everywhere: what is done in between is pending still, never lost.
        var marks = await Watermarks.OfAsync(_store, partition, cancellationToken);
        var state = await _lanes.ReadAsync(partition, cancellationToken);
        state.Writable();
        var page = await _log.PageAsync(partition, paging, where: null, cancellationToken);
        return new Page<MessageState>(await OfAsync(partition, state, marks, page.Items, cancellationToken), page.Total);
    }

    /// <summary>Null when there is no such message.</summary>
    public async Task<MessageState?> FindAsync(string workspace, string session, string id, CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(workspace, session);
        var marks = await Watermarks.OfAsync(_store, partition, cancellationToken);
        if (await _log.FindAsync(workspace, session, id, cancellationToken) is not { } message)
            return null;
        var state = await _lanes.ReadAsync(partition, cancellationToken);
        return (await OfAsync(partition, state, marks, [message], cancellationToken))[0];
    }

    private async Task<IReadOnlyList<MessageState>> OfAsync(Partition session, SessionState state, Watermarks marks, IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return [];

        var (first, last) = (messages.Min(message => message.Sequence), messages.Max(message => message.Sequence));
        var observation = await Observation.OfAsync(_store, state, messages.Select(message => message.PeerId), cancellationToken);
        var failures = await ReadAsync(Partition.Work(session.Workspace, session.Second!), FailedStep.DocumentType, first, last, cancellationToken);
        FailedStep[] failed = [.. failures.Select(document => document.As(DocumentJson.Default.FailedStep)).Where(step => step.Kind == StepKinds.Derive)];
        var answers = await ReadAsync(session, "derivation", first, last, cancellationToken);
        var derived = answers.Select(document => document.As(DocumentJson.Default.Derivation)).ToLookup(derivation => derivation.Observed);
        var now = _time.GetUtcNow();
        return [.. messages.Select(Of)];

        MessageState Of(Message message)
        {
            var known = new MessageState(message.Id, message.PeerId, message.Sequence, DeriveState.Derived);
            if (message.Sequence <= marks.Copied)
                return known with { State = DeriveState.Skipped, Reason = "copied" };
            if (string.IsNullOrWhiteSpace(message.Content))
                return known with { State = DeriveState.Skipped, Reason = "empty" };
            if (message.Sequence > marks.Derived)
            {
                if (!observation.IsDue(message))
                    return known with { State = DeriveState.Skipped, Reason = Why(message) };
                var waiting = Waiting.Of(state.Head, marks, message.Sequence, now);
                return known with { State = DeriveState.Pending, Reason = waiting.Reason, Detail = waiting.Detail, Until = waiting.Until };
            }

            // What was answered is what was asked for then, whatever the settings are now.
            var isDue = observation.IsDue(message);
            var isOff = message.Configuration is not null && !observation.OptionsOf(message).Reasoning;
            if (!isOff && derived[message.PeerId].Any(derivation => derivation.After < message.Sequence && message.Sequence <= derivation.Through))
                return known;
            if (isDue && Array.Find(failed, step => step.After < message.Sequence && message.Sequence <= step.Through) is { } failure)
                return known with { State = DeriveState.Failed, Reason = "step_failed", Detail = failure.Reason, FailedStep = failure.Id };
            return known with { State = DeriveState.Skipped, Reason = Why(message) };
        }

        string Why(Message message) => observation.OptionsOf(message).Reasoning ? "not_observed" : "reasoning_off";
    }

    /// <summary>What is about messages of a range of sequences.</summary>
    private async Task<IReadOnlyList<Document>> ReadAsync(Partition partition, string type, long first, long last, CancellationToken cancellationToken)
    {
        var touches = new Condition.All(
            new Condition.Compare(Field.Number("through"), Comparison.GreaterOrEqual, (double)first),
            new Condition.Compare(Field.Number("after"), Comparison.Less, (double)last));
        return await _store.AllAsync(partition, new Query(type) { Where = touches }, cancellationToken).ToArrayAsync(cancellationToken);
    }
}
