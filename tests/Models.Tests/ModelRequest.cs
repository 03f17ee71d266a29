using System.Text.Json.Nodes;

namespace Kith.Models.Tests;

/// <summary>What the server was sent.</summary>
internal sealed record ModelRequest(string Path, string Authorization, JsonObject Body, DateTimeOffset At)
{
    /// <summary>The texts in a role, one after the other.</summary>
    public string Text(string role) => string.Join('\n', Messages(role).Select(Content));

    public IReadOnlyList<JsonObject> Messages(string role) =>
        [.. Body["messages"]!.AsArray().Select(message => message!.AsObject()).Where(message => (string?)message["role"] == role)];

    private static string Content(JsonObject message) => message["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part!["text"])),
        { } text => (string)text!,
        null => "",
    };
}
