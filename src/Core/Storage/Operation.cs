namespace Kith.Core.Storage;

/// <summary>One write of an atomic batch.</summary>
public abstract record Operation(string Id)
{
    /// <summary>Puts a document in the place of what was read: nothing where <paramref name="etag"/> is null.</summary>
    internal static Operation Write(string id, ReadOnlyMemory<byte> body, string? etag, TimeSpan? timeToLive = null) =>
        etag is null ? new Create(id, body, timeToLive) : new Replace(id, body, etag, timeToLive);

    /// <summary>Fails with <see cref="BatchFailure.Conflict"/> when the id exists.</summary>
    public sealed record Create(string Id, ReadOnlyMemory<byte> Body, TimeSpan? TimeToLive = null) : Operation(Id);

    /// <summary>Creates or replaces, whatever is there.</summary>
    public sealed record Upsert(string Id, ReadOnlyMemory<byte> Body, TimeSpan? TimeToLive = null) : Operation(Id);

    /// <summary>Fails with <see cref="BatchFailure.NotFound"/> or, when the etag differs, <see cref="BatchFailure.PreconditionFailed"/>.</summary>
    public sealed record Replace(string Id, ReadOnlyMemory<byte> Body, string ETag, TimeSpan? TimeToLive = null) : Operation(Id);

    /// <summary>Fails with <see cref="BatchFailure.NotFound"/>, or <see cref="BatchFailure.PreconditionFailed"/> when an etag is given and differs.</summary>
    public sealed record Delete(string Id, string? ETag = null) : Operation(Id);
}
