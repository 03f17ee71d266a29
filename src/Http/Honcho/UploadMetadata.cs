namespace Kith.Http.Honcho;

/// <summary>Marks a route that reads a multipart form with a file.</summary>
internal sealed class UploadMetadata
{
    public static UploadMetadata Instance { get; } = new();
}
