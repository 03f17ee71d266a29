using System.Text.Json;

namespace Kith.Core.Platforms;

/// <summary>Something to be said on a platform.</summary>
/// <param name="To">See <see cref="PlatformEvent.Said.ReplyTo"/>.</param>
public sealed record PlatformCall(OpenConnection Connection, JsonElement To, string Text);
