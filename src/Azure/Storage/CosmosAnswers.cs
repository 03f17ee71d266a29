using Microsoft.Azure.Cosmos;

namespace Kith.Azure.Storage;

internal static class CosmosAnswers
{
    /// <summary>The answer's bytes, without a copy where the client has them in one piece.</summary>
    public static async Task<ReadOnlyMemory<byte>> BytesAsync(this ResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is MemoryStream memory && memory.TryGetBuffer(out var buffer))
            return buffer;
        var copy = new MemoryStream();
        await response.Content.CopyToAsync(copy, cancellationToken);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }
}
