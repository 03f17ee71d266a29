namespace Kith.Core.Work;

/// <summary>What a session's work came to when it last ran dry; kept beside the directory's session entries so that a workspace's status is one query.</summary>
internal sealed record Progress
{
    public string Type { get; } = "progress";

    public required string Session { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Units by sender, summaries under the empty name.</summary>
    public required long Completed { get; init; }

    public required long Failed { get; init; }

    public static string IdOf(string session) => session + "$progress";
}
