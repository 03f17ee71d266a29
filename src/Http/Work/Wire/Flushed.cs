namespace Kith.Http.Work.Wire;

/// <param name="Sessions">How many had something that waited.</param>
internal sealed record Flushed(int Sessions);
