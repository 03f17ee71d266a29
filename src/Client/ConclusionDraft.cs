namespace Kith.Client;

/// <summary>Something to be known that nobody has to say: imported, or found out elsewhere.</summary>
/// <param name="Content">In a sentence: 1 to 65,535 characters and up to 8,192 tokens.</param>
/// <param name="Session">Where it belongs; null: nowhere in particular.</param>
public sealed record ConclusionDraft(string Content, SessionId? Session = null)
{
    /// <summary>That belongs to no session.</summary>
    /// <param name="content">In a sentence.</param>
    public static implicit operator ConclusionDraft(string content) => new(content);
}
