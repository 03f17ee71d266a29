using System.Numerics.Tensors;
using Kith.Core;
using Kith.Core.Recall;
using Kith.Core.Tokens;
using Kith.Core.Usage;
using OpenAI.Embeddings;

namespace Kith.Azure.Models;

/// <summary>Vectors from an embedding model at any address that speaks OpenAI's protocol. A blank text gives the zero vector and is not sent.</summary>
public sealed class ModelEmbedder : IEmbedder
{
    /// <summary>What one request may hold.</summary>
    private const int InputsPerRequest = 2_048;
    private const int TokensPerRequest = 300_000;

    /// <summary>Models cut texts into tokens of their own, for some scripts several times as many as ours: an input that is refused is tried once at this share.</summary>
    private const int Shortening = 4;

    private readonly ModelOptions _options;
    private readonly ModelUsage _usage;
    private readonly ModelConnection _connection;
    private readonly string _name;

    /// <exception cref="KithException">The options name no embedding model.</exception>
    public ModelEmbedder(ModelOptions options, ModelUsage usage, TimeProvider time)
    {
        _name = options.EmbeddingModel ?? throw new KithException(ErrorCode.Invalid, "No embedding model is set");
        _options = options;
        _usage = usage;
        _connection = new ModelConnection(options, time);
    }

    public string Model => $"{_name}-{Dimensions}";

    public int Dimensions => _options.EmbeddingDimensions;

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var vectors = new ReadOnlyMemory<float>[texts.Count];
        Array.Fill(vectors, new float[Dimensions]);
        await Task.WhenAll(Requests(texts).Select(FillAsync));
        return vectors;

        async Task FillAsync(List<int> positions)
        {
            var embedded = await EmbedOnceAsync(workspace, [.. positions.Select(position => texts[position])], cancellationToken);
            for (var i = 0; i < positions.Count; i++)
                vectors[positions[i]] = embedded[i];
        }
    }

    /// <summary>Positions of the texts that go into one request each.</summary>
    private static IEnumerable<List<int>> Requests(IReadOnlyList<string> texts)
    {
        var positions = new List<int>();
        var tokens = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(texts[i]))
                continue;
            var more = Tokenizer.Count(texts[i]);
            if (positions.Count == InputsPerRequest || (positions.Count > 0 && tokens + more > TokensPerRequest))
            {
                yield return positions;
                (positions, tokens) = ([], 0);
            }

            positions.Add(i);
            tokens += more;
        }

        if (positions.Count > 0)
            yield return positions;
    }

    private async Task<float[][]> EmbedOnceAsync(string workspace, string[] texts, CancellationToken cancellationToken)
    {
        const int MostTokens = Limits.EmbeddingTokens / Shortening;
        try
        {
            return await CallAsync(workspace, texts, cancellationToken);
        }
        catch (KithException refused) when (refused.Code == ErrorCode.Invalid && Array.Exists(texts, text => Tokenizer.Count(text) > MostTokens))
        {
            return await CallAsync(workspace, Array.ConvertAll(texts, text => Tokenizer.Truncate(text, MostTokens)), cancellationToken);
        }
    }

    private Task<float[][]> CallAsync(string workspace, string[] texts, CancellationToken cancellationToken)
    {
        return _connection.CallAsync(_name, _options.Deadlines.Embed, AskAsync, cancellationToken);

        async Task<float[][]> AskAsync(CancellationToken token)
        {
            var request = new EmbeddingGenerationOptions { Dimensions = _options.ShortenEmbeddings ? Dimensions : null };
            OpenAIEmbeddingCollection embeddings = await _connection.Client.GetEmbeddingClient(_name).GenerateEmbeddingsAsync(texts, request, token);
            _usage.Record(workspace, Purposes.Embed, _name, embeddings.Usage?.InputTokenCount ?? 0, 0);
            if (embeddings.Count != texts.Length)
                throw ModelFault.Unavailable($"The model {_name} gave {embeddings.Count} vectors for {texts.Length} texts");
            return [.. embeddings.OrderBy(embedding => embedding.Index).Select(embedding => Unit(embedding.ToFloats()))];
        }
    }

    private float[] Unit(ReadOnlyMemory<float> vector)
    {
        // A wrong setting, which loses nothing: recall works on text alone until it is right.
        if (vector.Length != Dimensions)
            throw ModelFault.Unavailable($"The model {_name} gives vectors of {vector.Length} numbers, not {Dimensions}: set KITH_Model__EmbeddingDimensions");
        var unit = vector.ToArray();
        var norm = TensorPrimitives.Norm<float>(unit);
        if (norm is 0 || !float.IsFinite(norm))
            throw ModelFault.Unavailable($"The model {_name} gave a vector without direction");
        TensorPrimitives.Divide(unit, norm, unit);
        return unit;
    }
}
