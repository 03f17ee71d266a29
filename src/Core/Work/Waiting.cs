using Kith.Core.Conversations;

namespace Kith.Core.Work;

/// <summary>Why work that is due on a session is not done yet.</summary>
/// <param name="Reason"><c>queued</c>, <c>working</c>, <c>gathering</c> (for more messages) or <c>retrying</c> (after a failure).</param>
/// <param name="Until">When it goes on at the latest; null where nothing is waited for.</param>
/// <param name="Detail">What failed, without message content; null where nothing did.</param>
public sealed record Waiting(string Reason, DateTimeOffset? Until = null, string? Detail = null)
{
    public const string Queued = "queued";
    public const string Working = "working";
    public const string Gathering = "gathering";
    public const string Retrying = "retrying";

    /// <param name="sequence">Of the message that waits.</param>
    internal static Waiting Of(Head head, Watermarks marks, long sequence, DateTimeOffset now) => marks switch
    {
        { Stall: { } stall } => new(Retrying, stall.RetryAt, $"{stall.Kind}: {stall.Reason}"),
        _ when sequence <= marks.Planned => new(Working),
        { WaitingSince: not null } when head.DueAt > now => new(Gathering, head.DueAt),
        _ => new(Queued),
    };
}
