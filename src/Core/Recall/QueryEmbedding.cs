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
        return await EmbedAsync(workspace, [query], cancellationToken) is [var vector] ? new(embedder.Model, vector, IsOutage: false) : EmbeddedQuery.Outage;
    }

    /// <summary>Entries with vectors that a query can be compared with; none where the model does not answer.</summary>
    public async Task<IReadOnlyList<RecallEntry>> OfAsync(string workspace, IReadOnlyList<RecallEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return entries;
        var vectors = await EmbedAsync(workspace, [.. entries.Select(entry => Tokenizer.Truncate(entry.Text, Limits.EmbeddingTokens))], cancellationToken);
        return [.. entries.Zip(vectors, (entry, vector) => entry with { Model = embedder.Model, Vector = vector })];
    }

    /// <summary>Nothing where the model does not answer in time.</summary>
    private async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await embedder.EmbedAsync(workspace, texts, either.Token);
        }
        catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
        {
            return [];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}
