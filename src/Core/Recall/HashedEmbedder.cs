using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Kith.Core.Recall;

/// <summary>
/// Vectors without a model: signed feature hashing of stems, pairs of neighbouring stems and the character n-grams of each stem.
/// They see shared wording, word forms and misspellings, not meaning. The same text gives the same vector on every machine;
/// a text without words gives the zero vector, whose distance to everything is 1.
/// </summary>
public sealed class HashedEmbedder : IEmbedder
{
    private const float StemWeight = 1f;
    private const float StopWordWeight = 0.15f;
    private const float PairWeight = 0.4f;
    private const float GramWeight = 1f;
    private const int GramLength = 3;

    /// <summary>What a text may add: beyond it, further words only blur the vector.</summary>
    private const int MaxTerms = 4096;

    public HashedEmbedder(int dimensions = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 16);
        Dimensions = dimensions;
    }

    public string Model => $"hashed-1-{Dimensions}";

    public int Dimensions { get; }

    public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var vectors = new ReadOnlyMemory<float>[texts.Count];
        var features = new Dictionary<ulong, float>();
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = Embed(texts[i], features);
        return Task.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>(vectors);
    }

    private float[] Embed(string text, Dictionary<ulong, float> features)
    {
        features.Clear();
        CollectFeatures(text, features);

        var vector = new float[Dimensions];
        foreach (var (feature, weight) in features)
        {
            // Repetition counts, but ever less: the feature's total weight is damped, not each occurrence.
            var value = weight > 1 ? 1 + MathF.Log(weight) : weight;
            vector[(int)((feature >> 1) % (ulong)Dimensions)] += (feature & 1) == 0 ? value : -value;
        }

        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }

    private static void CollectFeatures(string text, Dictionary<ulong, float> features)
    {
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        Span<char> padded = stackalloc char[TermReader.ScratchLength];
        ulong previous = 0;
        for (var terms = 0; terms < MaxTerms && reader.Read(); terms++)
        {
            var stem = Hash(reader.Term, 1);
            if (reader.IsStopWord)
            {
                Add(features, stem, StopWordWeight);
                continue;
            }

            Add(features, stem, StemWeight);
            if (previous != 0)
                Add(features, Mix(previous ^ (stem * 3)), PairWeight);
            previous = stem;
            AddGrams(reader.Term, padded, features);
        }
    }

    private static void AddGrams(ReadOnlySpan<char> term, Span<char> padded, Dictionary<ulong, float> features)
    {
        padded[0] = '^';
        term.CopyTo(padded[1..]);
        padded[term.Length + 1] = '$';
        var length = term.Length + 2;
        var count = length - GramLength + 1;
        var weight = GramWeight / MathF.Sqrt(count);
        for (var i = 0; i < count; i++)
            Add(features, Hash(padded.Slice(i, GramLength), 2), weight);
    }

    private static void Add(Dictionary<ulong, float> features, ulong feature, float weight) =>
        CollectionsMarshal.GetValueRefOrAddDefault(features, feature, out _) += weight;

    /// <summary>FNV-1a and a finishing mix: <see cref="string.GetHashCode()"/> differs from process to process.</summary>
    private static ulong Hash(ReadOnlySpan<char> text, ulong seed)
    {
        var hash = 14695981039346656037UL ^ seed;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    private static ulong Mix(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCDUL;
        hash ^= hash >> 33;
        hash *= 0xC4CEB9FE1A85EC53UL;
        return hash ^ (hash >> 33);
    }
}
