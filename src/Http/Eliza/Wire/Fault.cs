namespace Kith.Http.Eliza.Wire;

/// <summary>The last event of a stream that failed.</summary>
internal sealed record Fault(string Error);
