namespace Kith.Http.Honcho.Wire;

internal sealed record Accepted(string Message);
