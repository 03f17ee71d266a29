namespace Kith.Client;

/// <summary>Which part of what is known becomes a representation.</summary>
public sealed record RepresentationOptions : RecallOptions
{
    /// <summary>Whom it is about, as the peer knows them. Null: the peer itself.</summary>
    public PeerId? Target { get; init; }

    /// <summary>Only what was said in this session.</summary>
    public SessionId? Session { get; init; }

    /// <summary>Only what was learnt in these sessions: up to 1,000.</summary>
    public IReadOnlyList<SessionId>? Sessions { get; init; }

    /// <summary>Only what these scopes see: up to 100; neither with <see cref="Session"/> nor with <see cref="Sessions"/>.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>What was true then. Kith only.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What was known then. Kith only.</summary>
    public DateTimeOffset? KnownAt { get; init; }
}
