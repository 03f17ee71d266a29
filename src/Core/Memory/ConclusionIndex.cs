using Kith.Core.Recall;
using Kith.Core.Tokens;

namespace Kith.Core.Memory;

/// <summary>Puts conclusions into the recall index, under <see cref="Levels.Past"/> when they are not true any more.</summary>
internal sealed class ConclusionIndex(IRecallIndex index, IEmbedder embedder)
{
    public string Model => embedder.Model;

    public async Task AddAsync(IReadOnlyList<Conclusion> conclusions, CancellationToken cancellationToken)
    {
        if (conclusions.Count == 0)
            return;

        var vectors = await EmbedAsync(conclusions[0].WorkspaceId, [.. conclusions.Select(conclusion => conclusion.Content)], cancellationToken);
        await AddAsync(conclusions, vectors, cancellationToken);
    }

    public Task AddAsync(IReadOnlyList<Conclusion> conclusions, IReadOnlyList<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken) =>
        index.UpsertAsync([.. conclusions.Select((conclusion, i) => Entry(conclusion, embedder.Model, vectors[i]))], cancellationToken);

    public Task RemoveAsync(string workspace, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : index.DeleteAsync(workspace, RecallKind.Conclusion, ids, cancellationToken);

    public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(workspace, [.. texts.Select(text => Tokenizer.Truncate(text, Limits.EmbeddingTokens))], cancellationToken);

    public static RecallEntry Entry(Conclusion conclusion, string? model, ReadOnlyMemory<float> vector) => new()
    {
        Workspace = conclusion.WorkspaceId,
        Kind = RecallKind.Conclusion,
        Id = conclusion.Id,
        Text = conclusion.Content,
        Session = conclusion.SessionId,
        Observer = conclusion.Observer,
        Observed = conclusion.Observed,
        Level = conclusion.IsCurrent ? conclusion.Level : Levels.Past,
        CreatedAt = conclusion.SaidAt,
        Model = model,
        Vector = vector,
    };
}
