using Kith.Core.Tokens;

namespace Kith.Core.Recall;

/// <summary>
/// Makes the vector of a query. A model that does not answer is a result, not an error: recall degrades to text and never fails because a model does. So it
/// does while a workspace changes from one model to another, when comparing only what is done already would hide the rest.
/// </summary>
internal sealed class QueryEmbedding(IEmbedder embedder, EmbeddingModels models)
{
    public async Task<EmbeddedQuery> OfAsync(string workspace, string query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
            return default;
        if (Tokenizer.Exceeds(query, Limits.EmbeddingTokens))
            throw new KithException(ErrorCode.Invalid, $"Query exceeds maximum token limit of {Limits.EmbeddingTokens}.");

        if (!await models.IsCurrentAsync(workspace, cancellationToken))
            return new(null, default, IsOutage: true);
        try
        {
            return new(embedder.Model, (await embedder.EmbedAsync(workspace, [query], cancellationToken))[0], IsOutage: false);
        }
        catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
        {
            return new(null, default, IsOutage: true);
        }
    }
}
