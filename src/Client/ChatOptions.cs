namespace Kith.Client;

/// <summary>What a question is about, and how it is answered.</summary>
/// <example>
/// <code>
/// var answer = await alice.ChatAsync("What do I know about Bob?", new() { Target = "bob", IncludeEvidence = true });
/// </code>
/// </example>
public sealed record ChatOptions
{
    /// <summary>Whom the question is about, as the asked peer knows them. Null: the asked peer itself, by all that is known. It must exist.</summary>
    public PeerId? Target { get; init; }

    /// <summary>Only what was learnt in this session. It must exist.</summary>
    public SessionId? Session { get; init; }

    /// <summary>Only what was learnt in these sessions: up to 1,000.</summary>
    public IReadOnlyList<SessionId>? Sessions { get; init; }

    /// <summary>One scope answers with its own view; several with the union of their sessions. Up to 100; neither with <see cref="Session"/> nor with <see cref="Sessions"/>.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Null: the server's usual, <see cref="ReasoningLevel.Low"/>.</summary>
    public ReasoningLevel? ReasoningLevel { get; init; }

    /// <summary>Also returns what the answer rests on.</summary>
    public bool IncludeEvidence { get; init; }

    /// <summary>What was true then. Kith only.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What was known then. Kith only.</summary>
    public DateTimeOffset? KnownAt { get; init; }
}
