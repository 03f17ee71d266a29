using Kith.Core.Tokens;

namespace Kith.Core.Recall;

/// <summary>Makes the vector of a query. A model that does not answer is a result, not an error: recall degrades to text and never fails because a model does.</summary>
internal sealed class QueryEmbedding(IEmbedder embedder)
{
    public async Task<EmbeddedQuery> OfAsync(string workspace, string query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
            return default;
        if (Tokenizer.Exceeds(query, Limits.EmbeddingTokens))
            throw new KithException(ErrorCode.Invalid, $"Query exceeds maximum token limit of {Limits.EmbeddingTokens}.");

        try
        {
            return new((await embedder.EmbedAsync(workspace, [query], cancellationToken))[0], IsOutage: false);
        }
        catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
        {
            return new(default, IsOutage: true);
        }
    }
}
