using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Events;

/// <summary>Tells of changed conclusions: what happened goes into the batch that makes it happen, deliveries are recorded from it afterwards.</summary>
internal sealed class Outbox(IDocumentStore store, Listeners listeners, Announcer announcer, IWorkQueue queue, TimeProvider time)
{
    /// <summary>Conclusions that ended before this and are merely written again were told of then.</summary>
    private static readonly TimeSpan News = TimeSpan.FromHours(1);

    /// <summary>What to write in the same batch as changes of a pair: one operation at most, none where nobody wants to hear of them.</summary>
    public async Task<IReadOnlyList<Operation>> OfAsync(Partition pair, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        // A scope is a view of sessions: what it shows was told where it was concluded.
        if (pair.Second!.StartsWith(Names.ScopePrefix, StringComparison.Ordinal)
            || !await listeners.AnyAsync(pair.Workspace, webhook => webhook.Hears(EventTypes.ConclusionCreated) || webhook.Hears(EventTypes.ConclusionSuperseded), cancellationToken))
        {
            return [];
        }

        var now = time.GetUtcNow();
        var happened = new PairEvent
        {
            Id = Ids.New(),
            CreatedAt = now,
            DueAt = now,
            Created = [.. operations.OfType<Operation.Create>().Select(create => Conclusion(create.Body)).OfType<Conclusion>().Select(conclusion => conclusion.Id)],
            Superseded =
            [
                .. operations.OfType<Operation.Replace>().Select(replace => Conclusion(replace.Body))
                    .Where(conclusion => conclusion?.SupersededBy is not null && conclusion.ClosedAt > now - News)
                    .Select(conclusion => new PairEvent.Succeeded(conclusion!.Id, conclusion.SupersededBy!)),
            ],
        };
        return happened is { Created.Count: 0, Superseded.Count: 0 } ? [] : [new Operation.Create(PairEvent.IdOf(happened.Id), Stored.Body(happened, DocumentJson.Default.PairEvent))];
    }

    /// <summary>After the batch was applied.</summary>
    public Task WakeAsync(Partition pair, IReadOnlyList<Operation> written, CancellationToken cancellationToken) =>
        written.Count == 0 ? Task.CompletedTask : queue.EnqueueAsync(new WorkHint(pair), TimeSpan.Zero, cancellationToken);

    public async Task<IReadOnlyList<WorkStep>> PlanAsync(Partition pair, CancellationToken cancellationToken) =>
        [.. (await store.QueryAsync(pair, new Query(PairEvent.DocumentType), cancellationToken)).Items.Select(document => new WorkStep.Announce(pair, document.Id))];

    public async Task RunAsync(WorkStep.Announce step, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(step.Partition, step.Id, DocumentJson.Default.PairEvent, cancellationToken) is not { } happened)
            return;

        if (happened.Created.Count > 0)
        {
            var ids = new JsonArray([.. happened.Created.Select(id => JsonValue.Create(id))]);
            var created = Tell(step.Partition, happened, EventTypes.ConclusionCreated, Ids.Of(EventTypes.ConclusionCreated, happened.Id), happened.Created, ("conclusion_ids", ids));
            await announcer.RecordAsync(step.Partition.Workspace, created, cancellationToken);
        }

        // An older one that ends again within the hour was told of the first time: its event has the same id.
        foreach (var (older, newer) in happened.Superseded)
        {
            var id = Ids.Of(EventTypes.ConclusionSuperseded, older, newer);
            var superseded = Tell(step.Partition, happened, EventTypes.ConclusionSuperseded, id, [older, newer], ("conclusion_id", older), ("superseded_by", newer));
            await announcer.RecordAsync(step.Partition.Workspace, superseded, cancellationToken);
        }

        await store.ExecuteAsync(step.Partition, [new Operation.Delete(step.Id)], cancellationToken);
    }

    private static Announcement Tell(Partition pair, PairEvent happened, string type, string id, IReadOnlyList<string> subjects, params IReadOnlyList<(string, JsonNode?)> members) => new(type, id, happened.CreatedAt)
    {
        Subjects = [.. new[] { pair.Second!, pair.Third! }.Concat(subjects).Distinct()],
        Data = Announcement.Members([.. members, ("workspace_id", pair.Workspace), ("observer_id", pair.Second), ("observed_id", pair.Third)]),
    };

    private static Conclusion? Conclusion(ReadOnlyMemory<byte> body) =>
        DocumentColumns.Of(body).Type == "conclusion" ? JsonSerializer.Deserialize(body.Span, DocumentJson.Default.Conclusion) : null;
}
