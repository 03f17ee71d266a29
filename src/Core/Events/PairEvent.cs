namespace Kith.Core.Events;

/// <summary>
/// What happened to conclusions of one pair, written in one batch with it when somebody wants to hear of it, and gone when its deliveries are recorded.
/// </summary>
internal sealed record PairEvent
{
    public const string DocumentType = "event";

    public string Type { get; } = DocumentType;

    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public IReadOnlyList<string> Created { get; init; } = [];

    public IReadOnlyList<Succeeded> Superseded { get; init; } = [];

    public static string IdOf(string id) => "$event:" + id;

    internal sealed record Succeeded(string Id, string By);
}
