namespace Kith.Client.Threads;

/// <summary>What a workflow is given to work on.</summary>
/// <typeparam name="TState">What it remembers between runs.</typeparam>
/// <param name="Thread">The thread, as it was before the prompt was added.</param>
/// <param name="Prompt">What the user asks now.</param>
/// <param name="Files">Paths of files that it is about.</param>
/// <param name="History">The thread as text for a prompt, this prompt included.</param>
/// <param name="State">What it remembers. It may be changed: it is stored after the run.</param>
public sealed record WorkflowTurn<TState>(ConversationThread Thread, string Prompt, IReadOnlyList<string> Files, string History, TState State)
    where TState : class;
