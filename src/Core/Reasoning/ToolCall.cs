using System.Text.Json.Nodes;

namespace Kith.Core.Reasoning;

/// <summary>A search that was made for an answer.</summary>
public sealed record ToolCall(string Tool, JsonObject Input);
