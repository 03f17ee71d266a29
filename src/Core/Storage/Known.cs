namespace Kith.Core.Storage;

/// <summary>What was read under an id a moment ago, so that a change may begin with it. Its etag tells when somebody has written since.</summary>
/// <param name="Document">Null where there was nothing.</param>
internal readonly record struct Known(Document? Document);
