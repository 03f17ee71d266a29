using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Answers;
using Kith.Core.Context;
using Kith.Core.Conversations;
using Kith.Core.Filters;
using Kith.Core.Platforms;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Agency;

/// <summary>Gives the replies that agents owe: at most one to a message, stored like everything that is said.</summary>
public sealed class Replier
{
    /// <summary>Tokens of context that go with a message.</summary>
    private const int ContextTokens = 8_192;

    /// <summary>How long a reply is tried for; one that comes later answers nobody.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Acknowledgement = "Noted.";
    private const string QuestionMarks = "?？؟";

    private readonly IDocumentStore _store;
    private readonly Messages _messages;
    private readonly Agents _agents;
    private readonly Contexts _contexts;
    private readonly Chats _chats;
    private readonly IResponder _responder;
    private readonly Replies _replies;
    private readonly FailedSteps _failures;
    private readonly TimeProvider _time;

    internal Replier(IDocumentStore store, Messages messages, Agents agents, Contexts contexts, Chats chats, IResponder responder, Replies replies, FailedSteps failures, TimeProvider time)
    {
        _store = store;
        _messages = messages;
        _agents = agents;
        _contexts = contexts;
        _chats = chats;
        _responder = responder;
        _replies = replies;
        _failures = failures;
        _time = time;
    }

    /// <summary>
    /// The reply as it comes in; nothing when the agent says nothing. When the agent cannot be asked it throws <see cref="KithException"/> and the reply is
    /// owed no longer: whoever waits is told. When the caller goes away the worker takes over.
    /// </summary>
    public async IAsyncEnumerable<ReplyPart> AnswerAsync(PendingReply pending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var parts = MakeAsync(pending, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync())
            yield return parts.Current;

        async Task<bool> NextAsync()
        {
            try
            {
                return await parts.MoveNextAsync();
            }
            catch (KithException)
            {
                await ForgetAsync(pending, CancellationToken.None);
                throw;
            }
        }
    }

    /// <summary>The replies of a session that the worker has to give now.</summary>
    internal async Task<IReadOnlyList<WorkStep>> PlanAsync(Partition partition, CancellationToken cancellationToken)
    {
        var steps = new List<WorkStep>();
        await foreach (var document in _store.AllAsync(partition, new Query("pendingReply"), cancellationToken))
        {
            var pending = document.As(DocumentJson.Default.PendingReply);
            var now = _time.GetUtcNow();
            if (!(pending.HeldUntil > now) && (pending.DueAt <= now || await MessageAsync(pending, cancellationToken) is not null))
                steps.Add(new WorkStep.Reply(partition, pending.MessageId));
        }

        return steps;
    }

    /// <summary>Throws as <see cref="IResponder"/> does; nothing is unavailable for ever.</summary>
    internal async Task RunAsync(WorkStep.Reply step, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(step.Partition, step.MessageId, DocumentJson.Default.PendingReply, cancellationToken) is not { } pending)
            return;

        try
        {
            await foreach (var _ in MakeAsync(pending, cancellationToken))
            {
                // Read to its end, the reply is stored; nobody waits for its parts.
            }
        }
        catch (KithException exception) when (exception.Code == ErrorCode.Unavailable && _time.GetUtcNow() - pending.CreatedAt > Patience)
        {
            throw new KithException(ErrorCode.Invalid, $"The agent could not be reached for {Patience.TotalMinutes} minutes: {exception.Message}", exception);
        }
    }

    /// <summary>Gives a reply up and records why.</summary>
    internal async Task<bool> SkipAsync(WorkStep.Reply step, string reason, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(step.Partition, step.MessageId, DocumentJson.Default.PendingReply, cancellationToken) is not { } pending)
            return true;

        var sequence = (await MessageAsync(pending, cancellationToken))?.Sequence ?? 0;
        var now = _time.GetUtcNow();
        var failed = new FailedStep
        {
            Id = FailureOf(pending),
            Session = pending.SessionId,
            Kind = StepKinds.Reply,
            After = Math.Max(0, sequence - 1),
            Through = sequence,
            Reason = reason,
            CreatedAt = now,
            FailedAt = now,
            Reply = pending,
        };
        await _failures.RecordAsync(step.Partition, failed, cancellationToken);
        await ForgetAsync(pending with { Replayed = false }, cancellationToken);
        return true;
    }

    private async IAsyncEnumerable<ReplyPart> MakeAsync(PendingReply pending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var agent = await _agents.FindAsync(pending.WorkspaceId, pending.AgentId, cancellationToken) ?? OfConnection(pending);
        var message = await MessageAsync(pending, cancellationToken);
        var isGiven = await _messages.FindAsync(pending.WorkspaceId, pending.SessionId, pending.ReplyId, cancellationToken) is not null;
        var reply = default(AgentReply);
        if (agent is { Replies: true } && message is not null && !isGiven)
        {
            var text = new StringBuilder();
            if (agent.ResponderUrl is null)
            {
                await foreach (var fragment in ReasonAsync(pending, message, cancellationToken))
                {
                    text.Append(fragment);
                    yield return new ReplyPart.Fragment(fragment);
                }

                reply = new AgentReply(text.ToString(), Content(text.ToString()));
            }
            else
            {
                reply = await _responder.RespondAsync(new AgentCall(agent, pending, message, await ContextAsync(pending, cancellationToken)), cancellationToken);
                if (reply is not null)
                    yield return new ReplyPart.Fragment(reply.Text);
            }

            if (reply is not null)
                await StoreAsync(pending, agent, reply, cancellationToken);
        }

        if (reply is not null || isGiven)
            await _replies.RecordAsync(pending, cancellationToken);

        await ForgetAsync(pending, cancellationToken);
        if (reply is not null)
            yield return new ReplyPart.Whole(reply);
    }

    /// <summary>Questions are answered from memory; anything else is only taken note of, since Kith has nothing of its own to say.</summary>
    private async IAsyncEnumerable<string> ReasonAsync(PendingReply pending, Message message, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!pending.IsQuestion && !message.Content.AsSpan().ContainsAny(QuestionMarks))
        {
            yield return Acknowledgement;
            yield break;
        }

        var question = new ChatRequest(pending.WorkspaceId, pending.UserId, message.Content) { Messages = StatementsOf(pending.UserId) };
        var answer = await _chats.AskAsync(question, cancellationToken);
        var held = new StringBuilder();
        await foreach (var part in answer.Parts.WithCancellation(cancellationToken))
        {
            // Whole words only: an id that is to be replaced may come in pieces.
            held.Append((part as AnswerPart.Text)?.Content);
            var words = held.ToString();
            var end = words.AsSpan().LastIndexOfAny(" \n") + 1;
            if (end == 0)
                continue;

            held.Remove(0, end);
            yield return Named(words[..end]);
        }

        if (held.Length > 0)
            yield return Named(held.ToString());

        // Nobody reads a UUID.
        string Named(string text) => text.Replace(pending.UserId, "the user", StringComparison.Ordinal);
    }

    /// <summary>Neither the question itself nor earlier ones answer it, and what the agent quoted before is no evidence.</summary>
    private static Condition.All StatementsOf(string user) => new(
        [
            new Condition.Compare(Field.Text("peerId"), Comparison.Equal, user),
            .. QuestionMarks.Select(mark => new Condition.Not(new Condition.TextContains(Field.Text("content"), $"{mark}"))),
        ]);

    private Task<SessionContext> ContextAsync(PendingReply pending, CancellationToken cancellationToken) => _contexts.OfSessionAsync(
        new SessionContextRequest(pending.WorkspaceId, pending.SessionId) { Tokens = ContextTokens, Target = pending.UserId }, cancellationToken);

    private async Task StoreAsync(PendingReply pending, Agent agent, AgentReply reply, CancellationToken cancellationToken)
    {
        var metadata = JsonObject.Create(reply.Content)!;
        metadata.Remove("text");
        metadata["agentName"] = agent.Name;
        metadata["inReplyTo"] = pending.MessageId;
        var said = new NewMessage(pending.AgentId, reply.Text)
        {
            Id = pending.ReplyId,
            // Whoever else was asked for the same reply at the same time stores nothing.
            ClientId = pending.ReplyId,
            Metadata = JsonSerializer.SerializeToElement(metadata, NodeJson.Default.JsonObject),
            HasOwnMillisecond = true,
        };
        await _messages.AppendAsync(pending.WorkspaceId, pending.SessionId, [said], cancellationToken);
    }

    /// <summary>A bot that nobody registered as an agent answers from memory.</summary>
    private static Agent? OfConnection(PendingReply pending) => pending.ConnectionId is null ? null
        : new Agent { Id = pending.AgentId, WorkspaceId = pending.WorkspaceId, Name = pending.AgentId, Reasoner = true, CreatedAt = pending.CreatedAt };

    private Task<Message?> MessageAsync(PendingReply pending, CancellationToken cancellationToken) =>
        _messages.FindAsync(pending.WorkspaceId, pending.SessionId, pending.MessageId, cancellationToken);

    private async Task ForgetAsync(PendingReply pending, CancellationToken cancellationToken)
    {
        if (pending.Replayed)
            await _failures.ClearAsync(pending.Partition, FailureOf(pending), cancellationToken);
        await _store.ExecuteAsync(pending.Partition, [new Operation.Delete(pending.MessageId)], cancellationToken);
    }

    /// <summary>What a reply is called among the failed steps.</summary>
    private static string FailureOf(PendingReply pending) => Ids.Of(StepKinds.Reply, pending.SessionId, pending.MessageId);

    private static JsonElement Content(string text) => JsonSerializer.SerializeToElement(new JsonObject { ["text"] = text }, NodeJson.Default.JsonObject);
}
