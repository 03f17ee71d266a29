using System.Text.Json.Nodes;

namespace Kith.Client.Agents;

/// <summary>A fragment of an agent's answer that is being made. It prints as its text.</summary>
public sealed record AgentReplyPart
{
    /// <summary>The next words. Of the last part: all of them where it is the only one, else none.</summary>
    public string Text { get; init; } = "";

    /// <summary>In the last part: the whole answer with all that the agent said of it.</summary>
    public JsonObject? Response { get; init; }

    /// <summary>The fragment.</summary>
    public override string ToString() => Text;
}
