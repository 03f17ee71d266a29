using System.Numerics.Tensors;

namespace Kith.Core.Recall.Ranking;

/// <summary>
/// The vectors of a shelf by row, in blocks of contiguous memory, twice: as bytes with a scale, which a scan reads, and as half
/// precision, from which the best are ranked exactly. One writer, any number of readers, as in <see cref="PostingList"/>.
/// </summary>
internal sealed class VectorBlocks(int dimensions, int blockRows)
{
    private Block[] _blocks = [];

    public int BlockRows => blockRows;

    public int Dimensions => dimensions;

    /// <summary>Rows without a vector are left zero.</summary>
    public void Set(int row, ReadOnlySpan<float> vector)
    {
        var index = row / blockRows;
        if (index >= _blocks.Length)
        {
            var blocks = new Block[index + 1];
            _blocks.CopyTo(blocks, 0);
            for (var i = _blocks.Length; i < blocks.Length; i++)
                blocks[i] = new Block(dimensions, blockRows);
            Volatile.Write(ref _blocks, blocks);
        }

        _blocks[index].Set(row % blockRows, vector);
    }

    public ReadOnlySpan<Block> Blocks => Volatile.Read(ref _blocks);

    /// <summary>Cosine of a row and a unit vector.</summary>
    /// <param name="scratch">As long as the vector.</param>
    public float Cosine(int row, ReadOnlySpan<float> unit, Span<float> scratch)
    {
        var blocks = Blocks;
        if (row / blockRows >= blocks.Length)
            return 0;
        TensorPrimitives.ConvertToSingle(blocks[row / blockRows].Exact(row % blockRows), scratch);
        return TensorPrimitives.Dot(scratch, unit);
    }

    internal sealed class Block(int dimensions, int rows)
    {
        private readonly sbyte[] _codes = new sbyte[rows * dimensions];
        private readonly Half[] _exact = new Half[rows * dimensions];

        /// <summary>Codes times scale = vector; 0 for a row without one.</summary>
        public float[] Scales { get; } = new float[rows];

        public ReadOnlySpan<sbyte> Codes(int row) => _codes.AsSpan(row * dimensions, dimensions);

        public ReadOnlySpan<Half> Exact(int row) => _exact.AsSpan(row * dimensions, dimensions);

        public void Set(int row, ReadOnlySpan<float> vector)
        {
            TensorPrimitives.ConvertToHalf(vector, _exact.AsSpan(row * dimensions, dimensions));
            var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
            if (largest == 0)
                return;
            var codes = _codes.AsSpan(row * dimensions, dimensions);
            for (var i = 0; i < codes.Length; i++)
                codes[i] = (sbyte)MathF.Round(vector[i] / largest * sbyte.MaxValue);
            Scales[row] = largest / sbyte.MaxValue;
        }
    }
}
