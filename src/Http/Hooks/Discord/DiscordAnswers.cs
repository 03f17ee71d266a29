using System.Text.Json.Nodes;

namespace Kith.Http.Hooks.Discord;

/// <summary>Answers to interactions; all but the person who asked see nothing of them.</summary>
internal static class DiscordAnswers
{
    private const int Ephemeral = 64;
    private const int ButtonRow = 1;
    private const int Button = 2;
    private const int Grey = 2;
    private const int Red = 4;

    public static HookAnswer Pong { get; } = Of(1, null);

    public static HookAnswer NoChoices { get; } = Of(8, new JsonObject { ["choices"] = new JsonArray() });

    /// <summary>The answer comes later, through the interaction's webhook.</summary>
    public static HookAnswer Later => Of(5, new JsonObject { ["flags"] = Ephemeral });

    public static HookAnswer Say(string text) => Of(4, new JsonObject { ["content"] = text, ["flags"] = Ephemeral });

    /// <summary>In place of the question that a button was under.</summary>
    public static HookAnswer Replace(string text) => Of(7, new JsonObject { ["content"] = text, ["components"] = new JsonArray() });

    /// <param name="yes">What the first button sends back.</param>
    /// <param name="no">What the second does.</param>
    public static HookAnswer Ask(string text, string yes, string no) => Of(4, new JsonObject
    {
        ["content"] = text,
        ["flags"] = Ephemeral,
        ["components"] = new JsonArray(new JsonObject
        {
            ["type"] = ButtonRow,
            ["components"] = new JsonArray(ButtonOf(Red, "Erase everything", yes), ButtonOf(Grey, "Keep it", no)),
        }),
    });

    private static JsonObject ButtonOf(int style, string label, string id) => new() { ["type"] = Button, ["style"] = style, ["label"] = label, ["custom_id"] = id };

    private static HookAnswer Of(int type, JsonObject? data)
    {
        var answer = new JsonObject { ["type"] = type };
        if (data is not null)
            answer["data"] = data;
        return HookAnswer.Json(answer);
    }
}
