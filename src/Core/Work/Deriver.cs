using Kith.Core.Conversations;
using Kith.Core.Erasing;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Turns a window of messages into conclusions: one reasoner call per sender, whatever the number of observers.</summary>
internal sealed class Deriver(
    IDocumentStore store,
    MessageLog messages,
    IReasoner reasoner,
    ConclusionWriter writer,
    Withdrawals withdrawals,
    TimeProvider time)
{
    private const int Attempts = 16;

    public async Task RunAsync(WorkStep.Derive step, CancellationToken cancellationToken)
    {
        var pass = await ReadAsync(new Window(step.Partition, step.After, step.Through), cancellationToken);
        if (!pass.Window.IsDone(pass.Marks))
        {
            await ProjectAsync(pass, cancellationToken);
            // Whoever ran the step at the same time has moved the watermark: then nothing is written here that could fail.
            if (pass.Window.IsDone(pass.Marks))
                await DemandUntouchedAsync(pass, cancellationToken);
        }

        var isTouched = false;
        await store.ChangeAsync(step.Partition, Watermarks.Id, pass.Known, DocumentJson.Default.Watermarks, Advance, cancellationToken);
        if (isTouched)
            await WithdrawAsync(pass, cancellationToken);

        Watermarks? Advance(Watermarks? current)
        {
            isTouched = pass.IsTouched(current);
            var marks = current ?? Watermarks.New();
            if (isTouched)
                return current;
            return marks.Derived >= step.Through
                ? marks.Resumed(StepKinds.Derive)
                : marks.Resumed(StepKinds.Derive) with { Derived = step.Through, Plan = null, DerivedUnits = marks.DerivedUnits + pass.Due.Length };
        }
    }

    /// <summary>Asks the reasoner about messages that were derived before. Returns where what they say now stands, by pair.</summary>
    public async Task<IReadOnlyDictionary<Partition, List<Placement>>> RereadAsync(Window window, CancellationToken cancellationToken)
    {
        var pass = await ReadAsync(window with { IsAgain = true }, cancellationToken);
        await ProjectAsync(pass, cancellationToken);
        await DemandUntouchedAsync(pass, cancellationToken);
        return pass.Placements;
    }

    /// <summary>Messages of the range that are due for derivation.</summary>
    public async Task<long> CountDueAsync(Partition session, long after, long through, CancellationToken cancellationToken)
    {
        var range = await ReadAsync(session, after, through, cancellationToken);
        var observation = await Observation.ReadAsync(store, session, range.Select(message => message.PeerId), cancellationToken);
        return range.LongCount(observation.IsDue);
    }

    /// <summary>What the window rests on is read at once: its messages, with one before it that gives the question to an answer; who is observed; answers of a run that did not come to its end.</summary>
    private async Task<Pass> ReadAsync(Window window, CancellationToken cancellationToken)
    {
        Query[] queries = [MessageLog.Range(Math.Max(0, window.After - 1), window.Through), new Query("member"), Saved(window)];
        var read = await store.GatherAsync(window.Session, [SessionDocument.Id, Watermarks.Id], queries, cancellationToken);
        var known = new Known(read.FirstOrDefault(document => document.Id == Watermarks.Id));
        Message[] turns = [.. read.Where(document => document.IsOf("message")).Select(document => document.As(DocumentJson.Default.Message)).OrderBy(message => message.Sequence)];
        string[] authors = [.. turns.Where(message => message.Sequence > window.After).Select(message => message.PeerId).Distinct(StringComparer.Ordinal)];
        var marks = known.Document?.As(DocumentJson.Default.Watermarks);
        var plan = window.IsDone(marks) ? DerivePlan.Nothing : window.IsPlanned(marks) ? marks?.Plan : null;
        var observation = plan is not null && (plan == DerivePlan.Nothing || plan.Holds(time.GetUtcNow(), authors))
            ? Observation.Of(read, plan)
            : await Observation.OfAsync(store, window.Session.Workspace, read, authors, cancellationToken);
        return new Pass(window, turns, observation, known) { Saved = [.. read.Where(document => document.IsOf("derivation"))] };
    }

    private async Task ProjectAsync(Pass pass, CancellationToken cancellationToken)
    {
        var saved = pass.Saved.ToDictionary(document => document.Id, document => document.As(DocumentJson.Default.Derivation));
        if (saved.Values.Any(derivation => derivation.Fence != pass.Marks.Fence))
        {
            // Something was erased after a run that did not come to its end had saved its answer, and perhaps made conclusions of it.
            await SettleAsync(pass, cancellationToken);
            saved = await store.AllAsync(pass.Window.Session, Saved(pass.Window), cancellationToken).ToDictionaryAsync(document => document.Id, document => document.As(DocumentJson.Default.Derivation), cancellationToken: cancellationToken);
        }

        var told = pass.Due.Where(message => !string.IsNullOrWhiteSpace(message.Content));
        foreach (var batch in told.ToLookup(message => (Sender: message.PeerId, Instructions: pass.Observation.OptionsOf(message).CustomInstructions)))
        {
            var derivation = saved.GetValueOrDefault(IdOf(pass.Window, batch.Key.Sender, batch.Key.Instructions))
                ?? await DeriveAsync(pass, batch.Key.Sender, batch.Key.Instructions, [.. batch], cancellationToken);
            await ProjectAsync(pass, derivation, [.. batch], cancellationToken);
        }
    }

    private async Task DemandUntouchedAsync(Pass pass, CancellationToken cancellationToken)
    {
        var document = await store.ReadAsync(pass.Window.Session, Watermarks.Id, cancellationToken);
        if (pass.IsTouched(document?.As(DocumentJson.Default.Watermarks)))
            await WithdrawAsync(pass, cancellationToken);
        pass.Known = new Known(document);
    }

    /// <summary>What was erased while the reasoner thought about it must not come back: it is taken out again, and the rest is derived once more.</summary>
    private async Task WithdrawAsync(Pass pass, CancellationToken cancellationToken)
    {
        await SettleAsync(pass, cancellationToken);
        foreach (var (pair, placements) in pass.Placements)
            await withdrawals.TidyAsync(pair, [.. placements.Select(placement => placement.ConclusionId)], cancellationToken);
        throw new KithException(ErrorCode.Unavailable, "Messages were erased while they were derived");
    }

    private async Task SettleAsync(Pass pass, CancellationToken cancellationToken)
    {
        var session = pass.Window.Session;
        string[] read = [.. pass.Turns.Select(message => message.Id)];
        var head = await store.FindAsync(session, Head.Id, DocumentJson.Default.Head, cancellationToken);
        // What was learnt from a thread that expired stays.
        if (head is { Expired: true })
            return;
        if (head is null or { Deleting: true })
        {
            await withdrawals.SettleAsync(session, [.. read], except: null, cancellationToken);
            return;
        }

        // Of messages that are gone without a trace another session had the id before.
        var gone = await withdrawals.ErasedAsync(session, cancellationToken);
        var kept = new HashSet<string>((await messages.ByIdAsync(session, read, cancellationToken)).Keys);
        await foreach (var document in store.AllAsync(session, new Query(Tombstone.DocumentType) { Order = QueryOrder.Sequence }, cancellationToken))
            kept.Add(document.As(DocumentJson.Default.Tombstone).MessageId);
        gone.UnionWith(read.Where(id => !kept.Contains(id)));
        await withdrawals.SettleAsync(session, gone, except: null, cancellationToken);
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

    private async Task<Derivation> DeriveAsync(Pass pass, string sender, string? instructions, Message[] subjects, CancellationToken cancellationToken)
    {
        var (window, turns) = (pass.Window, pass.Turns);
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
            Fence = pass.Marks.Fence,
            Reasoner = reasoner.Name,
            Statements = [.. statements.Where(statement => statement.MessageIds.Any(own.Contains) && !statement.MessageIds.Any(others.Contains))],
            CreatedAt = time.GetUtcNow(),
        };
        return await SaveAsync(pass, IdOf(window, sender, instructions), derivation, cancellationToken);
    }

    /// <summary>Saved before it is used, and only while nothing has been erased.</summary>
    private async Task<Derivation> SaveAsync(Pass pass, string id, Derivation derivation, CancellationToken cancellationToken)
    {
        var creation = new Operation.Create(id, Stored.Body(derivation, DocumentJson.Default.Derivation));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var marks = pass.Known.Document;
            Operation[] operations = marks is null ? [creation] : [creation, new Operation.Replace(marks.Id, marks.Body, marks.ETag)];
            var result = await store.ExecuteAsync(pass.Window.Session, operations, cancellationToken);
            if (result.Applied)
            {
                pass.Known = new Known(marks is null ? null : marks with { ETag = result.ETags[^1] });
                return derivation;
            }

            await DemandUntouchedAsync(pass, cancellationToken);
            if (result.FailedOperation == 0 && await store.FindAsync(pass.Window.Session, id, DocumentJson.Default.Derivation, cancellationToken) is { } saved)
                return saved;
        }

        throw new KithException(ErrorCode.Unavailable, "Too many writers change this session at once; try again.");
    }

    private async Task ProjectAsync(Pass pass, Derivation derivation, Message[] subjects, CancellationToken cancellationToken)
    {
        var (window, observation) = (pass.Window, pass.Observation);
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
            if (!pass.Placements.TryGetValue(pair, out var list))
                pass.Placements[pair] = list = [];
            list.AddRange(placed);
        }
    }

    /// <summary>Messages to derive from: after &lt; sequence ≤ through.</summary>
    /// <param name="Sender">Only this one's.</param>
    /// <param name="Run">Of the rebuild that reads them again, so that the reasoner is asked once more, and once only; null in ordinary work.</param>
    internal sealed record Window(Partition Session, long After, long Through, string? Sender = null, string? Run = null)
    {
        /// <summary>Its messages were read before, and are to be read again.</summary>
        public bool IsAgain { get; init; }

        /// <summary>Whether it is the one that was planned.</summary>
        public bool IsPlanned(Watermarks? marks) => !IsAgain && After == marks?.Derived && Through == marks.Planned;

        /// <summary>Whether somebody else has derived it meanwhile.</summary>
        public bool IsDone(Watermarks? marks) => !IsAgain && marks?.Derived >= Through;
    }

    /// <summary>One run over a window: what was read at its beginning.</summary>
    /// <param name="turns">In the order of the session, with one before the window.</param>
    private sealed class Pass(Window window, Message[] turns, Observation observation, Known known)
    {
        public Window Window { get; } = window;

        public Message[] Turns { get; } = turns;

        public Observation Observation { get; } = observation;

        /// <summary>Messages to derive from.</summary>
        public Message[] Due { get; } =
            [.. turns.Where(message => message.Sequence > window.After && (window.Sender ?? message.PeerId) == message.PeerId && observation.IsDue(message))];

        /// <summary>Answers of a run that did not come to its end.</summary>
        public required IReadOnlyList<Document> Saved { get; init; }

        /// <summary>Where what was said stands by now, by pair.</summary>
        public Dictionary<Partition, List<Placement>> Placements { get; } = [];

        /// <summary>The watermarks, as they were read or written last.</summary>
        public Known Known
        {
            get;
            set
            {
                field = value;
                Marks = value.Document?.As(DocumentJson.Default.Watermarks) ?? new Watermarks();
            }
        } = known;

        public Watermarks Marks { get; private set; } = known.Document?.As(DocumentJson.Default.Watermarks) ?? new Watermarks();

        /// <summary>Whether something was erased since, or the session itself; <paramref name="current"/> is null where it has no watermarks.</summary>
        public bool IsTouched(Watermarks? current) => Known.Document is not null && current?.Fence != Marks.Fence;
    }
}
