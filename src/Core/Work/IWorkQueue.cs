namespace Kith.Core.Work;

/// <summary>Wakes a worker. What is to be done is read from the store, never from the hint.</summary>
public interface IWorkQueue
{
    /// <summary>Delivers the hint not before the delay. May deliver it more than once, or lose it: the sweep finds what is due.</summary>
    Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken);
}
