using System.Text.Json;

namespace Kith.Core.Agency;

/// <summary>What a user says to an agent.</summary>
/// <param name="Metadata">An object; stored with the message. Attachments are its member <c>attachments</c>.</param>
/// <param name="ClientId">See <see cref="Conversations.NewMessage.ClientId"/>.</param>
public sealed record Utterance(string Content, JsonElement Metadata, string? ClientId = null);
