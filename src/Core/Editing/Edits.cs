using System.Text.Json;
using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Work;

namespace Kith.Core.Editing;

/// <summary>New versions of messages: the content is replaced at once, under the same id and at the same place; the worker makes anew what was made of it.</summary>
public sealed class Edits
{
    private readonly SessionLanes _lanes;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Edits(SessionLanes lanes, IWorkQueue queue, TimeProvider time)
    {
        _lanes = lanes;
        _queue = queue;
        _time = time;
    }

    /// <summary>The message as it is now; null when there is none. Not found while the session is being deleted.</summary>
    /// <param name="content">At most <see cref="Limits.MessageCharacters"/> characters.</param>
    /// <param name="metadata">Null leaves it as it is.</param>
    /// <param name="editedAt">A version that is not newer than the stored one changes nothing.</param>
    public async Task<Message?> EditAsync(string workspace, string session, string id, string content, JsonElement? metadata, DateTimeOffset editedAt, CancellationToken cancellationToken)
    {
        if (Limits.Exceeds(content, Limits.MessageCharacters))
            throw new KithException(ErrorCode.Invalid, $"A message has more than {Limits.MessageCharacters} characters");

        var text = content.Replace("\0", "", StringComparison.Ordinal);
        var tokens = Tokenizer.Count(text);
        var partition = Partition.Conversation(workspace, session);
        Message? edited = null;
        await _lanes.ChangeAsync(partition, Plan, new Lookup(null, [id]), cancellationToken);
        if (edited is not null)
            await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, CancellationToken.None);
        return edited;

        SessionChange Plan(SessionState state)
        {
            edited = null;
            if (!state.Exists)
                return new SessionChange(state);
            state.Writable();
            edited = state.Known.GetValueOrDefault(id);
            if (edited is null || edited.EditedAt >= editedAt)
                return new SessionChange(state);

            // Tokens are counted as they came in, as those of erased messages are: places in the session do not move.
            var isSame = edited.Content == text;
            edited = edited with { Content = text, TokenCount = tokens, Metadata = metadata ?? edited.Metadata, EditedAt = editedAt };
            var write = new Operation.Upsert(id, Stored.Body(edited, DocumentJson.Default.Message));
            var known = state with { Known = state.Known.SetItem(id, edited) };
            if (isSame)
                return new SessionChange(known) { Operations = [write] };

            var pending = new PendingEdit { MessageId = id, Sequence = edited.Sequence, Run = Ids.New() };
            return new SessionChange(known with { Head = state.Head with { Edits = state.Head.Edits + 1, DueAt = _time.GetUtcNow() } })
            {
                Operations = [write, new Operation.Upsert(PendingEdit.IdOf(id), Stored.Body(pending, DocumentJson.Default.PendingEdit))],
            };
        }
    }
}
