namespace Kith.Client.Threads;

/// <summary>How many threads a workflow has.</summary>
/// <param name="WorkflowName">The workflow.</param>
/// <param name="Threads">How many.</param>
public sealed record WorkflowCount(string WorkflowName, int Threads);
