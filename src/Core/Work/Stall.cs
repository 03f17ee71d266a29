namespace Kith.Core.Work;

/// <summary>That a step could not be done for the moment.</summary>
/// <param name="Kind">Of <see cref="StepKinds"/>.</param>
/// <param name="Reason">Without message content.</param>
/// <param name="Since">When it failed first.</param>
/// <param name="RetryAt">When it is tried next.</param>
internal sealed record Stall(string Kind, string Reason, DateTimeOffset Since, DateTimeOffset RetryAt);
