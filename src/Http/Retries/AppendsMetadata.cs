namespace Kith.Http.Retries;

/// <summary>Marks a route that appends messages: its claim is written with them, all or none, by the handler.</summary>
internal sealed class AppendsMetadata
{
    public static AppendsMetadata Instance { get; } = new();
}
