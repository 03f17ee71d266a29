using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Kith.Core.Recall;

/// <summary>Vectors as they are stored: in half precision. What that loses is far below what any embedding model means.</summary>
public static class PackedVector
{
    public static byte[] Pack(ReadOnlySpan<float> vector)
    {
        var packed = new byte[vector.Length * 2];
        TensorPrimitives.ConvertToHalf(vector, MemoryMarshal.Cast<byte, Half>(packed.AsSpan()));
        return packed;
    }

    public static float[] Unpack(ReadOnlySpan<byte> packed)
    {
        var vector = new float[packed.Length / 2];
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(packed), vector);
        return vector;
    }
}
