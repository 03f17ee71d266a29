using Kith.Core.Directory;

namespace Kith.Core.Conversations;

/// <summary>A peer's membership of a session with its whole history, so that who observed a message is decided by the message's place and never changes.</summary>
internal sealed record Member
{
    public const string IdPrefix = "$member:";

    /// <summary>Older spans beyond this many are joined, so that a peer that joins and leaves forever stays a small document.</summary>
    private const int MaxSpans = 64;

    public string Type { get; } = "member";

    public required string Peer { get; init; }

    /// <summary>When the membership was first made; the list order.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Ascending. The last one is open while the peer is a member.</summary>
    public required IReadOnlyList<MemberSpan> Spans { get; init; }

    public MemberSpan Last => Spans[^1];

    public bool IsActive => Last.Until is null;

    public MemberSettings Settings => Last.Settings;

    public static Member Join(string peer, MemberSettings settings, long after, DateTimeOffset now) => new()
    {
        Peer = peer,
        CreatedAt = now,
        Spans = [new MemberSpan { After = after, JoinedAt = now, Settings = settings }],
    };

    /// <summary>Opens a new span, or returns the member as it is while it is active.</summary>
    public Member Rejoin(MemberSettings settings, long after, DateTimeOffset now) =>
        IsActive ? this : With([.. Spans, new MemberSpan { After = after, JoinedAt = now, Settings = settings }]);

    public Member Leave(long after, DateTimeOffset now) =>
        IsActive ? With([.. Spans.SkipLast(1), Last with { Until = after, LeftAt = now }]) : this;

    /// <summary>New settings from here on; those of earlier messages stay as they were.</summary>
    public Member Configure(MemberSettings settings, long after)
    {
        if (settings == Last.Settings)
            return this;
        if (!IsActive || Last.After == after)
            return With([.. Spans.SkipLast(1), Last with { Settings = settings }]);

        return With([.. Spans.SkipLast(1), Last with { Until = after }, Last with { After = after, Settings = settings }]);
    }

    /// <summary>The settings in force for a message, null when the peer was no member then.</summary>
    public MemberSettings? At(long sequence)
    {
        for (var i = Spans.Count - 1; i >= 0; i--)
        {
            if (Spans[i].Covers(sequence))
                return Spans[i].Settings;
        }

        return null;
    }

    private Member With(IReadOnlyList<MemberSpan> spans) =>
        this with { Spans = spans.Count <= MaxSpans ? spans : [spans[0] with { Until = spans[1].Until, LeftAt = spans[1].LeftAt }, .. spans.Skip(2)] };
}
