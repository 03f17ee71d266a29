namespace Kith.Client.Models;

/// <summary>A message as Anthropic's API takes it.</summary>
public sealed record AnthropicMessage
{
    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The text.</summary>
    public required string Content { get; init; }
}
