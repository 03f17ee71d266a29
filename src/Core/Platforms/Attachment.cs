namespace Kith.Core.Platforms;

/// <summary>What hangs on a message. Its content stays where it is.</summary>
/// <param name="Kind">The platform's word: <c>image</c>, <c>document</c>, <c>voice</c> …</param>
public sealed record Attachment(string Kind, string? Id = null, string? Name = null, string? MediaType = null, long? Bytes = null);
