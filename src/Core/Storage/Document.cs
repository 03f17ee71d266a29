namespace Kith.Core.Storage;

/// <summary>A stored document.</summary>
/// <param name="Partition">The full key of the partition it lies in.</param>
/// <param name="Id">Unique in its partition.</param>
/// <param name="ETag">Changes with every write; opaque.</param>
/// <param name="Body">UTF-8 JSON object. It carries at least <c>type</c>; <c>createdAt</c> (see <see cref="Timestamp"/>),
/// <c>sequence</c> (integer) and <c>dueAt</c> where the document is listed or swept by them. It holds neither id nor etag.</param>
public sealed record Document(Partition Partition, string Id, string ETag, ReadOnlyMemory<byte> Body);
