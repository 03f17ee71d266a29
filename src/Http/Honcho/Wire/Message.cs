using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Core.Recall;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

/// <param name="Score">This and what follows only in a search that asked for it. Comparable within one answer only.</param>
/// <param name="MatchedBy"><c>text</c>: its words or its author; <c>context</c>: the turns around it; <c>vector</c>.</param>
/// <param name="Snippet">The part of the content that fits best.</param>
internal sealed record Message(
    string Id,
    string Content,
    string PeerId,
    string SessionId,
    JsonElement Metadata,
    string CreatedAt,
    string WorkspaceId,
    int TokenCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Score = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? MatchedBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Snippet = null)
{
    public static Message Of(Core.Conversations.Message message) => new(
        message.Id, message.Content, message.PeerId, message.SessionId, message.Metadata, Moment.Format(message.CreatedAt), message.WorkspaceId, message.TokenCount);

    /// <summary>The reply to a creation says the time in the client's own words (spec honcho-api §1, "Datetimes out").</summary>
    public static Message Of(Core.Conversations.Message message, Moment? said) =>
        said is null ? Of(message) : Of(message) with { CreatedAt = said.Text };

    public static Message Of(MessageMatch match, string query) => Of(match.Message) with
    {
        Score = match.Hit.Score,
        MatchedBy = [.. Ways(match, query)],
        Snippet = Core.Recall.Snippet.Of(match.Message.Content, query),
    };

    private static IEnumerable<string> Ways(MessageMatch match, string query)
    {
        if (match.Hit.TextRank is not null)
            yield return SearchTerms.Meet(query, $"{match.Message.PeerId} {match.Message.Content}") ? "text" : "context";
        if (match.Hit.VectorRank is not null)
            yield return "vector";
    }
}
