using System.Text.Json.Nodes;

namespace Kith.Client.Threads;

/// <summary>Something that a workflow did on its way to a result.</summary>
/// <param name="Name">What it was.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Metadata">Members of your own.</param>
public sealed record WorkflowStep(string Name, string Result, JsonObject? Metadata = null);
