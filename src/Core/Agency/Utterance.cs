using System.Text.Json;

namespace Kith.Core.Agency;

/// <summary>What a user says to an agent.</summary>
/// <param name="Metadata">An object; stored with the message. Attachments are its member <c>attachments</c>.</param>
public sealed record Utterance(string Content, JsonElement Metadata);
