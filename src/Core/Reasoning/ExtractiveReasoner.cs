using System.Runtime.CompilerServices;
using Kith.Core.Reasoning.Extractive;

namespace Kith.Core.Reasoning;

/// <summary>
/// Reasoning without a model: by linguistic rules, deterministic, in time linear in the text. Statements are retold in the third
/// person in English, German, Spanish, French and Portuguese; declarative sentences in other languages are quoted.
/// </summary>
/// <param name="countTokens">The o200k tokens of a text.</param>
public sealed class ExtractiveReasoner(Func<string, int> countTokens) : IReasoner
{
    public string Name => "extractive";

    public Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Statement>>(Derivation.Of(request));
    }

    public Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(countTokens("") == 0 ? null : request.Previous);
    }

    public async IAsyncEnumerable<AnswerPart> AnswerAsync(Question question, MemoryTools tools, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new AnswerPart.Grounds([], []);
    }

    public Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new Consolidation([], []));
    }
}
