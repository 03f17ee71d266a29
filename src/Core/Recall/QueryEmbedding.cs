using Kith.Core.Tokens;

namespace Kith.Core.Recall;

/// <summary>Makes the vector of a query. A model that does not answer is a result, not an error: recall degrades to text and never fails because a model does.</summary>
internal sealed class QueryEmbedding(IEmbedder embedder, TimeProvider time)
{
    /// <summary>Whoever searches waits: a vector that takes longer, with all repetitions of its call, is done without.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<EmbeddedQuery> OfAsync(string workspace, string query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
            return default;
        if (Tokenizer.Exceeds(query, Limits.EmbeddingTokens))
            throw new KithException(ErrorCode.Invalid, $"Query exceeds maximum token limit of {Limits.EmbeddingTokens}.");

        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return new((await embedder.EmbedAsync(workspace, [query], either.Token))[0], IsOutage: false);
        }
        catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
        {
            return new(default, IsOutage: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(default, IsOutage: true);
        }
    }
}
