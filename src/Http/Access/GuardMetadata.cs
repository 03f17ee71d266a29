namespace Kith.Http.Access;

internal sealed record GuardMetadata(Guard Guard);
