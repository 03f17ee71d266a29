namespace Kith.Http.Honcho.Wire;

internal sealed record Health(string Status);
