using Kith.Core.Recall;

namespace Kith.Core.Tests.Engine;

/// <summary>An embedding model that can be switched off.</summary>
internal sealed class BrittleEmbedder : IEmbedder
{
    private readonly HashedEmbedder _working = new();

    public bool IsDown { get; set; }

    public string Model => _working.Model;

    public int Dimensions => _working.Dimensions;

    public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        IsDown ? throw new KithException(ErrorCode.Unavailable, "The embedding model does not answer.") : _working.EmbedAsync(workspace, texts, cancellationToken);
}
