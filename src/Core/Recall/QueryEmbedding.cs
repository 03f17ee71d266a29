using Kith.Core.Tokens;

namespace Kith.Core.Recall;

/// <summary>
/// Makes the vector of a query. A model that does not answer is a result, not an error: recall degrades to text and never fails because a model does. So it
/// does while a workspace changes from one model to another, when comparing only what is done already would hide the rest.
/// </summary>
internal sealed class QueryEmbedding(IEmbedder embedder, EmbeddingModels models, TimeProvider time)
{
    /// <summary>Whoever searches waits: a vector that takes longer, with all repetitions of its call, is done without.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<EmbeddedQuery> OfAsync(string workspace, string query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
            return default;
        if (Tokenizer.Exceeds(query, Limits.EmbeddingTokens))
            throw new KithException(ErrorCode.Invalid, $"Query exceeds maximum token limit of {Limits.EmbeddingTokens}.");

        if (!await models.IsCurrentAsync(workspace, cancellationToken))
            return EmbeddedQuery.Outage;
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return new(embedder.Model, (await embedder.EmbedAsync(workspace, [query], either.Token))[0], IsOutage: false);
        }
        catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
        {
            return EmbeddedQuery.Outage;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return EmbeddedQuery.Outage;
        }
    }
}
