namespace Kith.Http.Work.Wire;

/// <param name="Idle">Whether nothing is pending or in progress; false when the time was up before.</param>
internal sealed record IdleQueue(bool Idle, double WaitedSeconds, Queue Queue);
