namespace Kith.Core.Storage;

/// <summary>A page of documents, and the token for the next one: null at the end.</summary>
public sealed record QueryPage(IReadOnlyList<Document> Items, string? Continuation);
