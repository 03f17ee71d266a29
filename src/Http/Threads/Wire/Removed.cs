namespace Kith.Http.Threads.Wire;

/// <param name="Count">How many; called <c>removed</c> on the wire.</param>
internal sealed record Removed([property: System.Text.Json.Serialization.JsonPropertyName("removed")] int Count);
