using Kith.Core.Directory;

namespace Kith.Core.Conversations;

/// <summary>A stretch of messages during which a peer was a member under the same settings: those with <see cref="After"/> &lt; sequence ≤ <see cref="Until"/>.</summary>
internal sealed record MemberSpan
{
    public required long After { get; init; }

    /// <summary>Null while it goes on.</summary>
    public long? Until { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>Null when the peer did not leave at the end of this span (its settings changed, or it goes on).</summary>
    public DateTimeOffset? LeftAt { get; init; }

    public required MemberSettings Settings { get; init; }

    public bool Covers(long sequence) => sequence > After && (Until is null || sequence <= Until);
}
