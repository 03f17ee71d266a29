namespace Kith.Core.Storage;

/// <summary>A document that asks for work, found by the sweep.</summary>
/// <param name="DueAt">The body's <c>dueAt</c>, a <see cref="Timestamp"/>.</param>
public sealed record DueDocument(Partition Partition, string Id, string Type, DateTimeOffset DueAt);
