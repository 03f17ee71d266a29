namespace Kith.Http.Access;

/// <summary>Marks a route that is served before a signing secret exists: it reveals nothing, or asks for a signature of its own.</summary>
internal sealed class ServedClosed
{
    public static ServedClosed Instance { get; } = new();
}
