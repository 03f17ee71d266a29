using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Core.Events;

/// <summary>Something that happened, as webhooks are told: ids and numbers, never content.</summary>
/// <param name="Type">Of <see cref="EventTypes"/>.</param>
/// <param name="Id">The same whenever the same event is recorded again.</param>
/// <param name="At">When it happened.</param>
public sealed record Announcement(string Type, string Id, DateTimeOffset At)
{
    public JsonElement Data { get; init; } = FreeJson.Empty;

    /// <summary>Null where it is about no session.</summary>
    public string? Session { get; init; }

    /// <summary>Ids of the peers, sessions, messages and conclusions that it speaks of, so that it can be found when they are erased.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Members are sorted by name, as the original sends them.</summary>
    public static JsonElement Members(params IReadOnlyList<(string Name, JsonNode? Value)> members) => JsonSerializer.SerializeToElement(
        new JsonObject(members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Name, member.Value))),
        NodeJson.Default.JsonObject);
}
