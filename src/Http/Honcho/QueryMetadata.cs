namespace Kith.Http.Honcho;

/// <summary>A query parameter, for the API's description.</summary>
/// <param name="Type">A JSON Schema type.</param>
internal sealed record QueryMetadata(string Name, string Type);
