using System.Text.Json;

namespace Kith.Core.Agency;

/// <summary>What an agent answers.</summary>
/// <param name="Text">At most <see cref="Limits.MessageCharacters"/> characters.</param>
/// <param name="Content">The whole answer, an object that holds at least <c>text</c>; its other members are stored with the message.</param>
public sealed record AgentReply(string Text, JsonElement Content);
