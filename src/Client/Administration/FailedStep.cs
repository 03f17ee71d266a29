namespace Kith.Client.Administration;

/// <summary>Background work that could not succeed: ids and a reason, never content.</summary>
public sealed record FailedStep
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What was done: <c>derive</c>, <c>index</c>, <c>dream</c>, <c>rebuild</c>, <c>deliver</c> and others.</summary>
    public string Kind { get; init; } = "";

    /// <summary><c>failed</c>, <c>replaying</c> or <c>dismissed</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>The session whose messages it was about.</summary>
    public string? SessionId { get; init; }

    /// <summary>Who would have learnt from it.</summary>
    public string? ObserverId { get; init; }

    /// <summary>About whom.</summary>
    public string? ObservedId { get; init; }

    /// <summary>The rebuild or the delivery; null for other kinds.</summary>
    public string? Target { get; init; }

    /// <summary>The first message that it was about, by its place in the session.</summary>
    public long? FirstMessage { get; init; }

    /// <summary>The last message that it was about.</summary>
    public long? LastMessage { get; init; }

    /// <summary>Why it failed.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How often.</summary>
    public int Times { get; init; }

    /// <summary>When it failed first.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it failed last.</summary>
    public DateTimeOffset FailedAt { get; init; }
}
