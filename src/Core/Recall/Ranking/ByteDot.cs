using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kith.Core.Recall.Ranking;

/// <summary>Dot product of a widened query and the byte codes of a row: the inner loop of every vector search.</summary>
internal static class ByteDot
{
    /// <summary>Query values stay below this, so that sums of 4,096 products fit in 32 bits.</summary>
    public const int QueryRange = 2047;

    public static int Of(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes)
    {
        var sum = 0;
        var i = 0;
        if (Avx2.IsSupported)
        {
            ref var q = ref MemoryMarshal.GetReference(query);
            ref var c = ref MemoryMarshal.GetReference(codes);
            var first = Vector256<int>.Zero;
            var second = Vector256<int>.Zero;
            for (; i <= codes.Length - 32; i += 32)
            {
                first += Avx2.MultiplyAddAdjacent(
                    Vector256.LoadUnsafe(ref q, (nuint)i), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref c, (nuint)i)));
                second += Avx2.MultiplyAddAdjacent(
                    Vector256.LoadUnsafe(ref q, (nuint)i + 16), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref c, (nuint)i + 16)));
            }

            sum = Vector256.Sum(first + second);
        }
        else
        {
            var total = Vector128<int>.Zero;
            for (; i <= codes.Length - 16; i += 16)
            {
                var (low, high) = Vector128.Widen(Vector128.Create(codes.Slice(i, 16)));
                total += Product(Vector128.Create(query.Slice(i, 8)), low) + Product(Vector128.Create(query.Slice(i + 8, 8)), high);
            }

            sum = Vector128.Sum(total);
        }

        for (; i < codes.Length; i++)
            sum += query[i] * codes[i];
        return sum;
    }

    private static Vector128<int> Product(Vector128<short> left, Vector128<short> right)
    {
        var (leftLow, leftHigh) = Vector128.Widen(left);
        var (rightLow, rightHigh) = Vector128.Widen(right);
        return (leftLow * rightLow) + (leftHigh * rightHigh);
    }
}
