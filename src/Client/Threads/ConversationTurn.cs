namespace Kith.Client.Threads;

/// <summary>A message as model APIs take it.</summary>
/// <param name="Role"><c>user</c>, <c>assistant</c> or <c>system</c>.</param>
/// <param name="Content">What was said.</param>
public sealed record ConversationTurn(string Role, string Content);
