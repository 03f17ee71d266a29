using Kith.Core.Reasoning;

namespace Kith.Core.Limiting;

/// <summary>Lets the work of a workspace wait while its models may use no more. Who asks a question is told before it gets here.</summary>
internal sealed class BudgetedReasoner(IReasoner reasoner, ModelBudget budget) : IReasoner
{
    public string Name => reasoner.Name;

    public Debounce? Debounce => reasoner.Debounce;

    public async Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken)
    {
        await budget.DemandAsync(request.Workspace, ErrorCode.Unavailable, cancellationToken);
        return await reasoner.DeriveAsync(request, cancellationToken);
    }

    public async Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        await budget.DemandAsync(request.Workspace, ErrorCode.Unavailable, cancellationToken);
        return await reasoner.SummariseAsync(request, cancellationToken);
    }

    public IAsyncEnumerable<AnswerPart> AnswerAsync(Question question, MemoryTools tools, CancellationToken cancellationToken) => reasoner.AnswerAsync(question, tools, cancellationToken);

    public async Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken)
    {
        await budget.DemandAsync(request.Workspace, ErrorCode.Unavailable, cancellationToken);
        return await reasoner.ConsolidateAsync(request, cancellationToken);
    }
}
