using System.Text.Json.Nodes;

namespace Kith.Client;

/// <summary>A message before it is sent; <see cref="Peer.Message"/> makes one.</summary>
/// <param name="Peer">Who says it.</param>
/// <param name="Content">What is said: up to 25,000 characters.</param>
public sealed record MessageDraft(PeerId Peer, string Content)
{
    private const int MostCharacters = 25_000;

    /// <summary>Up to 100 members of your own, nested up to 5 levels.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Whether and how memory is formed of this message.</summary>
    public MessageConfiguration? Configuration { get; init; }

    /// <summary>When it was said, for what comes from elsewhere; null: now. The order of a session is that of sending.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Your own id of the message in its session. Kith stores a message of the same id once, however often it is sent; Honcho's server ignores it.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// This message as several where it is longer than a message may be: broken where a line ends, or else a word, or else between two characters. The second one's own id ends
    /// in <c>-2</c>, and so on.
    /// </summary>
    /// <example>
    /// <code>
    /// foreach (var batch in alice.Message(story).Split().Chunk(Session.MostMessages))
    ///     await session.AddMessagesAsync(batch);
    /// </code>
    /// </example>
    public IReadOnlyList<MessageDraft> Split()
    {
        var parts = new List<MessageDraft>();
        for (var rest = Content; rest.Length > 0;)
        {
            var end = EndOf(rest);
            if (!string.IsNullOrWhiteSpace(rest[..end]))
                parts.Add(this with { Content = rest[..end], ClientId = ClientId is null || parts.Count == 0 ? ClientId : $"{ClientId}-{parts.Count + 1}" });
            rest = rest[end..];
        }

        return parts;
    }

    private static int EndOf(string text)
    {
        if (text.Length <= MostCharacters)
            return text.Length;
        foreach (var separator in "\n ")
        {
            // Not so early that a long line makes a short message.
            if (text.LastIndexOf(separator, MostCharacters - 1, MostCharacters / 2) is > 0 and var found)
                return found + 1;
        }

        return char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
    }
}
