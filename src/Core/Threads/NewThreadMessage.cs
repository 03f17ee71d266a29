using System.Text.Json;

namespace Kith.Core.Threads;

/// <summary>A message to be added to a thread.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Content">At least one character.</param>
public sealed record NewThreadMessage(string Role, string Content)
{
    public ThreadFields Fields { get; init; } = ThreadFields.None;

    public JsonElement? Metadata { get; init; }

    /// <summary>See <see cref="Conversations.NewMessage.ClientId"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>When it was said; now when null.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
