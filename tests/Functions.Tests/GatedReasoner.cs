using Kith.Core.Reasoning;

namespace Kith.Functions.Tests;

/// <summary>The reasoner without a model, which a test can stop before a derivation, or make fail.</summary>
internal sealed class GatedReasoner : IReasoner
{
    private readonly ExtractiveReasoner _inner = new(text => text.Length / 4);

    public string Name => "gated";

    /// <summary>Awaited before each derivation and each answer.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken) => _inner.ConsolidateAsync(request, cancellationToken);

    public Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken) => _inner.SummariseAsync(request, cancellationToken);

    public async Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken)
    {
        await Before(cancellationToken);
        return await _inner.DeriveAsync(request, cancellationToken);
    }

    public async IAsyncEnumerable<AnswerPart> AnswerAsync(
        Question question,
        MemoryTools tools,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Before(cancellationToken);
        await foreach (var part in _inner.AnswerAsync(question, tools, cancellationToken))
            yield return part;
    }
}
