using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Erasing;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Turns a window of messages into conclusions: one reasoner call per sender, whatever the number of observers.</summary>
internal sealed class Deriver(IDocumentStore store, MessageLog messages, IReasoner reasoner, ConclusionWriter writer, Withdrawals withdrawals, TimeProvider time)
{
    public async Task RunAsync(WorkStep.Derive step, CancellationToken cancellationToken)
    {
        var window = new Window(step.Partition, step.After, step.Through);
        var (due, _, marks) = await ReadAsync(window, cancellationToken);
        await Watermarks.ChangeAsync(store, step.Partition, marks, Advance, cancellationToken);

        Watermarks Advance(Watermarks marks) => marks.Derived >= step.Through
            ? marks.Resumed(StepKinds.Derive)
            : marks.Resumed(StepKinds.Derive) with { Derived = step.Through, DerivedUnits = marks.DerivedUnits + due };
    }

    /// <summary>Asks the reasoner about messages that were derived before. Returns where what they say now stands, by pair.</summary>
    public async Task<IReadOnlyDictionary<Partition, List<Placement>>> RereadAsync(Window window, CancellationToken cancellationToken) =>
        (await ReadAsync(window, cancellationToken)).Placements;

    /// <summary>Messages of the range that are due for derivation.</summary>
    public async Task<long> CountDueAsync(Partition session, long after, long through, CancellationToken cancellationToken)
    {
        var range = await ReadAsync(session, after, through, cancellationToken);
        var observation = await Observation.ReadAsync(store, session, range.Select(message => message.PeerId), cancellationToken);
        return range.LongCount(observation.IsDue);
    }

    /// <summary>What the window rests on is read at once: its messages, with one before it that gives the question to an answer; who is observed; answers of a run that did not come to its end.</summary>
    private async Task<(int Due, IReadOnlyDictionary<Partition, List<Placement>> Placements, Known Marks)> ReadAsync(Window window, CancellationToken cancellationToken)
    {
        Query[] queries = [MessageLog.Range(Math.Max(0, window.After - 1), window.Through), new Query("member"), Saved(window)];
        var read = await store.GatherAsync(window.Session, [Head.Id, SessionDocument.Id, Watermarks.Id], queries, cancellationToken);
        var erased = Read(Head.Id)?.As(DocumentJson.Default.Head).Tombstones ?? 0;
        List<Message> turns = [.. read.Where(document => document.IsOf("message")).Select(document => document.As(DocumentJson.Default.Message)).OrderBy(message => message.Sequence)];
        var observation = await Observation.OfAsync(store, window.Session.Workspace, read, turns.Select(message => message.PeerId), cancellationToken);
        Message[] due = [.. turns.Where(message => message.Sequence > window.After && (window.Sender ?? message.PeerId) == message.PeerId && observation.IsDue(message))];
        var placements = new Dictionary<Partition, List<Placement>>();
        var batches = due.Where(message => !string.IsNullOrWhiteSpace(message.Content)).ToLookup(message => (Sender: message.PeerId, Instructions: observation.OptionsOf(message).CustomInstructions));
        var saved = read.Where(document => document.IsOf("derivation")).ToDictionary(document => document.Id, document => document.As(DocumentJson.Default.Derivation));
        foreach (var batch in batches)
        {
            var derivation = saved.GetValueOrDefault(IdOf(window, batch.Key.Sender, batch.Key.Instructions))
                ?? await DeriveAsync(window, batch.Key.Sender, batch.Key.Instructions, turns, [.. batch], cancellationToken);
            await ProjectAsync(window, derivation, observation, [.. batch], placements, cancellationToken);
        }

        await DemandStillThereAsync(window, erased, cancellationToken);
        return (due.Length, placements, new Known(Read(Watermarks.Id)));

        Document? Read(string id) => read.FirstOrDefault(document => document.Id == id);
    }

    /// <summary>What was erased while the reasoner thought about it must not come back: it is taken out again, and the rest is derived once more.</summary>
    private async Task DemandStillThereAsync(Window window, long erased, CancellationToken cancellationToken)
    {
        if ((await messages.HeadAsync(window.Session, cancellationToken)).Tombstones == erased)
            return;
        await withdrawals.SettleAsync(window.Session, await withdrawals.ErasedAsync(window.Session, cancellationToken), except: null, cancellationToken);
        throw new KithException(ErrorCode.Unavailable, "Messages were erased while they were derived");
    }

    private async Task<List<Message>> ReadAsync(Partition session, long after, long through, CancellationToken cancellationToken)
    {
        var range = new List<Message>();
        await foreach (var message in messages.RangeAsync(session, after, through, cancellationToken))
            range.Add(message);
        return range;
    }

    private static string IdOf(Window window, string sender, string? instructions) =>
        $"$derivation:{Ids.Of([sender, $"{window.After}", $"{window.Through}", instructions ?? "", .. new[] { window.Run }.OfType<string>()])}";

    private static Query Saved(Window window) => new("derivation") { Where = new Condition.Compare(Field.Number("after"), Comparison.Equal, (double)window.After) };

    private async Task<Derivation> DeriveAsync(
        Window window,
        string sender,
        string? instructions,
        List<Message> turns,
        Message[] subjects,
        CancellationToken cancellationToken)
    {
        var request = new DeriveRequest(
            window.Session.Workspace,
            window.Session.Second!,
            sender,
            [.. turns
                .Where(message => message.Sequence >= subjects[0].Sequence - 1 && message.Sequence <= subjects[^1].Sequence)
                .Select(message => new Turn(message.Id, message.PeerId, message.Content, message.CreatedAt))])
        {
            CustomInstructions = instructions,
        };
        var statements = await reasoner.DeriveAsync(request, cancellationToken);

        // Turns of the sender that are only context (switched off for them, or of the window before) give nothing.
        var own = subjects.Select(message => message.Id).ToHashSet();
        var others = turns.Where(message => message.PeerId == sender && !own.Contains(message.Id)).Select(message => message.Id).ToHashSet();
        var derivation = new Derivation
        {
            Observed = sender,
            After = window.After,
            Through = window.Through,
            Run = window.Run,
            Reasoner = reasoner.Name,
            Statements = [.. statements.Where(statement => statement.MessageIds.Any(own.Contains) && !statement.MessageIds.Any(others.Contains))],
            CreatedAt = time.GetUtcNow(),
        };
        var id = IdOf(window, sender, instructions);
        if (await store.TryCreateAsync(window.Session, id, derivation, DocumentJson.Default.Derivation, cancellationToken))
            return derivation;

        return await store.FindAsync(window.Session, id, DocumentJson.Default.Derivation, cancellationToken) ?? derivation;
    }

    private async Task ProjectAsync(
        Window window,
        Derivation derivation,
        Observation observation,
        Message[] subjects,
        Dictionary<Partition, List<Placement>> placements,
        CancellationToken cancellationToken)
    {
        var byId = subjects.ToDictionary(message => message.Id);
        var facts = derivation.Statements
            // An answer that was saved before may speak of messages that are gone.
            .Where(statement => statement.MessageIds.Any(byId.ContainsKey))
            .Select(statement => (Statement: statement, Said: statement.MessageIds.Where(byId.ContainsKey).Select(id => byId[id]).MaxBy(message => message.Sequence)!))
            .Select(fact => (fact.Statement, fact.Said, Observers: observation.ObserversOf(derivation.Observed, fact.Said.Sequence)))
            .ToArray();
        var createCard = observation.SessionOptions.CreateCard;
        foreach (var observer in facts.SelectMany(fact => fact.Observers).Distinct(StringComparer.Ordinal))
        {
            var pair = Partition.Memory(window.Session.Workspace, observer, derivation.Observed);
            var placed = await writer.WriteAsync(
                pair,
                window.Session.Second!,
                [.. facts.Where(fact => fact.Observers.Contains(observer)).Select(fact => (fact.Statement, fact.Said.CreatedAt))],
                createCard,
                isReread: window.Run is not null,
                cancellationToken);
            if (!placements.TryGetValue(pair, out var list))
                placements[pair] = list = [];
            list.AddRange(placed);
        }
    }

    /// <summary>Messages to derive from: after &lt; sequence ≤ through.</summary>
    /// <param name="Sender">Only this one's.</param>
    /// <param name="Run">Of the rebuild that reads them again, so that the reasoner is asked once more, and once only; null in ordinary work.</param>
    internal sealed record Window(Partition Session, long After, long Through, string? Sender = null, string? Run = null);
}
