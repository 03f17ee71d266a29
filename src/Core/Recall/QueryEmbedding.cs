using Kith.Core.Tokens;

namespace Kith.Core.Recall;

/// <summary>The vector of a query; an empty one when the model does not answer, since recall degrades to text and never fails because a model does.</summary>
internal sealed class QueryEmbedding(IEmbedder embedder)
{
    public async Task<ReadOnlyMemory<float>> OfAsync(string query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
            return default;
        if (Tokenizer.Exceeds(query, Limits.EmbeddingTokens))
            throw new KithException(ErrorCode.Invalid, $"Query exceeds maximum token limit of {Limits.EmbeddingTokens}.");

        try
        {
            return (await embedder.EmbedAsync([query], cancellationToken))[0];
        }
        catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
        {
            return default;
        }
    }
}
