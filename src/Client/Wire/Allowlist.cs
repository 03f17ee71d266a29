using System.Text.Json.Nodes;

namespace Kith.Client.Wire;

/// <summary>The two ways to say which sessions count.</summary>
internal static class Allowlist
{
    public static JsonObject? Of(IReadOnlyList<SessionId>? sessions) =>
        sessions is null ? null : new JsonObject { ["session_id"] = new JsonArray([.. sessions.Select(session => (JsonNode)session.Value)]) };

    /// <summary>One scope is a text, several are a list: they do not mean the same.</summary>
    public static JsonNode? Scopes(IReadOnlyList<string>? scopes) => scopes switch
    {
        null => null,
        [var only] => only,
        _ => new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
    };
}
