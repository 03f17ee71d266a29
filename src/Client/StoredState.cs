using System.Text.Json.Nodes;

namespace Kith.Client;

/// <summary>What a workflow remembers, of a thread or under its own name.</summary>
/// <param name="WorkflowName">Whose it is.</param>
/// <param name="Data">Its content; Kith never looks inside.</param>
/// <param name="SchemaVersion">Of the data; <c>1.0</c> unless the workflow said otherwise.</param>
public sealed record StoredState(string WorkflowName, JsonObject Data, string SchemaVersion);
