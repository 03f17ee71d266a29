namespace Kith.Core.Reasoning;

/// <summary>
/// The thinking part: with a model, or without one. Calls throw <see cref="KithException"/> with <see cref="ErrorCode.Unavailable"/>
/// for what a retry may cure and <see cref="ErrorCode.Invalid"/> for what it cannot.
/// </summary>
public interface IReasoner
{
    /// <summary>Shown with every answer, for example <c>extractive</c>.</summary>
    string Name { get; }

    /// <summary>How messages are gathered before they are derived; null derives them at once.</summary>
    Debounce? Debounce => null;

    /// <summary>Statements about the observed peer; empty when the turns hold none. Not repeatable in general: the caller saves the result before using it.</summary>
    Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken);

    /// <summary>The new summary, within its token limit; null when there is nothing to say.</summary>
    Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Answers from memory. Text parts in order, then exactly one <see cref="AnswerPart.Grounds"/>. When memory holds nothing on the
    /// question the text says so.
    /// </summary>
    IAsyncEnumerable<AnswerPart> AnswerAsync(Question question, MemoryTools tools, CancellationToken cancellationToken);

    Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken);
}
