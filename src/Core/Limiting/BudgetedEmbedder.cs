using Kith.Core.Recall;

namespace Kith.Core.Limiting;

/// <summary>Makes no vectors for a workspace whose models may use no more: recall works on text alone until then.</summary>
internal sealed class BudgetedEmbedder(IEmbedder embedder, ModelBudget budget) : IEmbedder
{
    public string Model => embedder.Model;

    public int Dimensions => embedder.Dimensions;

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        await budget.DemandAsync(workspace, ErrorCode.Unavailable, cancellationToken);
        return await embedder.EmbedAsync(workspace, texts, cancellationToken);
    }
}
