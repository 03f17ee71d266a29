using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kith.Client;

/// <summary>A configuration that has room for what its type does not name.</summary>
public abstract record OpenConfiguration
{
    private protected OpenConfiguration()
    {
    }

    /// <summary>Members of your own, and such as newer servers have: stored, and given back. What is read here is a copy.</summary>
    [JsonIgnore]
    public JsonObject? Other
    {
        get => Extra is null ? null : new(Extra.Select(member => KeyValuePair.Create(member.Key, JsonNode.Parse(member.Value.GetRawText()))));
        init => Extra = value?.ToDictionary(member => member.Key, member => JsonElement.Parse(member.Value?.ToJsonString() ?? "null"));
    }

    // A JsonObject would do, but .NET 10 writes it as an object without a name.
    [JsonExtensionData]
    [JsonInclude]
    internal Dictionary<string, JsonElement>? Extra { get; set; }
}
