using System.Text.Json;
using Kith.Core;
using Kith.Core.Filters;
using Kith.Core.Recall;

namespace Kith.Http.Honcho;

/// <summary>The <c>filters</c> of request bodies (spec honcho-api §7).</summary>
internal static class Filtering
{
    public static Condition? OfWorkspaces(JsonElement? filters) => FilterGrammar.Parse(filters ?? default, FilterSchema.Workspace).Where;

    public static Condition? OfPeers(JsonElement? filters) => FilterGrammar.Parse(filters ?? default, FilterSchema.Peer).Where;

    public static Condition? OfSessions(JsonElement? filters) => FilterGrammar.Parse(filters ?? default, FilterSchema.Session).Where;

    public static Condition? OfMessages(JsonElement? filters) => FilterGrammar.Parse(filters ?? default, FilterSchema.Message).Where;

    public static Condition? OfConclusions(JsonElement? filters) => FilterGrammar.Parse(filters ?? default, FilterSchema.Conclusion).Where;

    /// <param name="overridden">A key that the path has decided already.</param>
    public static MessageSearchRequest OfSearch(MessageSearchRequest request, JsonElement? filters, params IReadOnlyList<string> overridden)
    {
        var filter = FilterGrammar.Parse(filters ?? default, FilterSchema.MessageSearch, overridden);
        return request with { Where = filter.Where, Perspective = filter.PeerPerspective };
    }

    /// <summary>The restricted filters of chat and representation: a list of sessions, null when there is none.</summary>
    public static IReadOnlyList<string>? Allowlist(JsonElement? filters, string? session) => SessionAllowlist.Parse(filters ?? default, session);

    public static bool Names(JsonElement? filters, string key) => filters?.TryGetProperty(key, out _) == true;

    /// <summary>The pair that a conclusion query must name.</summary>
    public static (string Observer, string Observed) Pair(JsonElement? filters) => (Member(filters, "observer"), Member(filters, "observed"));

    private static string Member(JsonElement? filters, string role)
    {
        foreach (var key in new[] { role + "_id", role })
        {
            if (filters?.TryGetProperty(key, out var value) == true && value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
        }

        throw new KithException(ErrorCode.Invalid, "observer and observed must be specified for semantic search");
    }
}
