using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Work that could not even begin. It stays due, so nothing is skipped; what is recorded makes it visible.</summary>
public sealed class Unstarted
{
    private readonly IDocumentStore _store;
    private readonly TimeProvider _time;

    internal Unstarted(IDocumentStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <param name="reason">Without message content.</param>
    public Task RecordAsync(Partition place, string reason, CancellationToken cancellationToken)
    {
        var isPair = place.Container is Container.Memory;
        var failed = new FailedStep
        {
            Session = place.Container is Container.Conversations ? place.Second : null,
            Observer = isPair ? place.Second : null,
            Observed = isPair ? place.Third : null,
            Kind = "start",
            After = 0,
            Through = 0,
            Reason = reason,
            CreatedAt = _time.GetUtcNow(),
        };
        var partition = Partition.Work(place.Workspace, isPair ? Ids.Of(place.Second!, place.Third!) : place.Second!);
        return _store.PutAsync(partition, Ids.Of(failed.Kind, place.Container.ToString()), failed, DocumentJson.Default.FailedStep, cancellationToken);
    }
}
