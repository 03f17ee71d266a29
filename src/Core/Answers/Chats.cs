namespace Kith.Core.Answers;

/// <summary>Questions to memory.</summary>
public sealed class Chats
{
    /// <summary>Checks everything that can be refused, then returns the answer to be read. Not found for a missing target, session, scope or (without observer) workspace.</summary>
    public Task<Answer> AskAsync(ChatRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
