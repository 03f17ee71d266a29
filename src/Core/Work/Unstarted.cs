using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Work that could not even begin. It stays due, so nothing is skipped; what is recorded makes it visible.</summary>
public sealed class Unstarted
{
    private readonly FailedSteps _failures;
    private readonly TimeProvider _time;

    internal Unstarted(FailedSteps failures, TimeProvider time)
    {
        _failures = failures;
        _time = time;
    }

    /// <param name="reason">Without message content.</param>
    public Task RecordAsync(Partition place, string reason, CancellationToken cancellationToken)
    {
        var isPair = place.Container is Container.Memory;
        var now = _time.GetUtcNow();
        var failed = new FailedStep
        {
            Id = Ids.Of(StepKinds.Start, place.Container.ToString(), place.Second!, place.Third ?? ""),
            Session = place.Container is Container.Conversations ? place.Second : null,
            Observer = isPair ? place.Second : null,
            Observed = isPair ? place.Third : null,
            Kind = StepKinds.Start,
            Reason = reason,
            CreatedAt = now,
            FailedAt = now,
        };
        var partition = Partition.Work(place.Workspace, isPair ? Ids.Of(place.Second!, place.Third!) : place.Second!);
        return _failures.RecordAsync(partition, failed, cancellationToken);
    }
}
