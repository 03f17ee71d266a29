namespace Kith.Http.Threads.Wire;

/// <param name="Workflows">Names, in the order in which they were first stored.</param>
internal sealed record WorkflowStates(IReadOnlyList<string> Workflows);
