namespace Kith.Core.Recall;

/// <summary>Turns texts into vectors of one length.</summary>
public interface IEmbedder
{
    /// <summary>Names the model and its version. Vectors of different models are never compared.</summary>
    string Model { get; }

    int Dimensions { get; }

    /// <summary>
    /// One unit-length vector per text, in order, on the account of the workspace. Throws <see cref="KithException"/> with <see cref="ErrorCode.Unavailable"/>
    /// when the model does not answer; recall then works on text alone.
    /// </summary>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
