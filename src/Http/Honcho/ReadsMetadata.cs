namespace Kith.Http.Honcho;

/// <summary>That a route reads a JSON body, and of which shape.</summary>
internal sealed record ReadsMetadata(Type Type, bool Required);
