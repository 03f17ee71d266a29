namespace Kith.Http.Memory.Wire;

/// <param name="MessagesPerDay">Null is without end; the same with tokens.</param>
/// <param name="Messages">Taken in today (UTC); counted only while there is a budget.</param>
internal sealed record Budget(long? MessagesPerDay, long? TokensPerDay, long Messages, long Tokens);
