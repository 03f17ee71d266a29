using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Kith.Client;

/// <summary>What the messages of agents become. Also compiled into the package for Semantic Kernel.</summary>
internal static class Spoken
{
    /// <summary>A long answer is several messages, and one that was sent before is known again, where its framework gave it an id.</summary>
    public static IReadOnlyList<MessageDraft> By(PeerId speaker, ChatMessage message) =>
        new MessageDraft(speaker, message.Text) { ClientId = message.MessageId is { Length: > 0 } id ? IdOf(id, message.Text) : null }.Split();

    /// <summary>With the text: what was edited is another message, whatever its framework calls it.</summary>
    private static string IdOf(string id, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{text}")))[..32];
}
