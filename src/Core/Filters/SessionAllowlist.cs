using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kith.Core.Filters;

/// <summary>The restricted filter of chat and representation: sessions that recall may draw from (spec/honcho-api.md §7).</summary>
public static partial class SessionAllowlist
{
    private const int MaximumSessions = 1000;
    private const string Key = "session_id";

    /// <summary>The sessions without repetition; null when there is no filter. An empty list recalls nothing.</summary>
    /// <param name="filters">The value of <c>filters</c>.</param>
    /// <param name="sessionId">The <c>session_id</c> of the same body: must be in the list.</param>
    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/></exception>
    public static IReadOnlyList<string>? Parse(JsonElement filters, string? sessionId = null)
    {
        if (filters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;
        if (filters.ValueKind != JsonValueKind.Object)
            throw Invalid("filters must be an object");
        if (!filters.TryGetProperty(Key, out var value))
            throw Invalid("filters must contain 'session_id'");
        if (filters.EnumerateObject().Any(member => !member.NameEquals(Key)))
            throw Invalid("filters may only contain 'session_id'");

        var sessions = Ids(value);
        if (sessionId is not null && !sessions.Contains(sessionId))
            throw Invalid("session_id must be one of the sessions in filters");
        return sessions;
    }

    private static List<string> Ids(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [Id(value)],
        JsonValueKind.Array when value.GetArrayLength() > MaximumSessions => throw Invalid($"filters.session_id may name at most {MaximumSessions} sessions"),
        JsonValueKind.Array => [.. value.EnumerateArray().Select(Id).Distinct(StringComparer.Ordinal)],
        JsonValueKind.Object when value.EnumerateObject().ToList() is [{ Name: "in", Value.ValueKind: JsonValueKind.Array } only] => Ids(only.Value),
        _ => throw Invalid("filters.session_id must be a session id, a list of session ids or {'in': [...]}"),
    };

    private static string Id(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && IdPattern().IsMatch(value.GetRawText().AsSpan()[1..^1])
            ? value.GetString()!
            : throw Invalid("filters.session_id must hold session ids that match ^[a-zA-Z0-9_-]+$");

    private static KithException Invalid(string message) => new(ErrorCode.Invalid, message);

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,512}\z")]
    private static partial Regex IdPattern();
}
