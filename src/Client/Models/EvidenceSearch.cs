using System.Text.Json.Nodes;

namespace Kith.Client.Models;

/// <summary>A search that was made for an answer.</summary>
public sealed record EvidenceSearch
{
    /// <summary>Its kind.</summary>
    public string ToolName { get; init; } = "";

    /// <summary>What was searched for.</summary>
    public JsonObject? ToolInput { get; init; }
}
