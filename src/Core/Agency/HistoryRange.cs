namespace Kith.Core.Agency;

/// <summary>Which messages of a history are asked for: those strictly between two milliseconds since 1970.</summary>
/// <param name="Limit">1 to 100.</param>
public sealed record HistoryRange(int Limit = 50, long? Before = null, long? After = null);
