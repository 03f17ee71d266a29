using System.Text;
using Kith.Core.Platforms;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Hooks.Discord;

/// <summary>Interactions of an application, and its webhook events. The proof is an Ed25519 signature of the time and the body by the application's key.</summary>
internal sealed class DiscordHook : IHook
{
    private const int WebhookPing = 0;
    private const int Ping = 1;
    private const int Command = 2;
    private const int Component = 3;
    private const int Autocomplete = 4;

    public Platform Platform => Platform.Discord;

    public ValueTask<bool> VerifyAsync(HookRequest request, OpenConnection connection, CancellationToken cancellationToken)
    {
        var (timestamp, signature) = (request.Header("X-Signature-Timestamp"), request.Header("X-Signature-Ed25519"));
        if (!request.IsFresh(timestamp) || Bytes(signature, Ed25519.SignatureBytes) is not { } proof)
            return ValueTask.FromResult(false);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), .. request.Body.Span];
        return ValueTask.FromResult(connection.All(Platform.Proof).Any(key => Bytes(key, Ed25519.KeyBytes) is { } bytes && Ed25519.Verify(bytes, signed, proof)));
    }

    public HookReading Read(HookRequest request, OpenConnection connection)
    {
        var body = request.Json();
        var happened = body["event"];
        return body["type"].Number switch
        {
            WebhookPing => new(Acknowledged),
            _ when happened.IsObject => new(Acknowledged, [.. DiscordEvents.Of(happened, request.At)]),
            Ping => new(DiscordAnswers.Pong),
            Command => DiscordCommands.Of(body, connection, request.At),
            Component => DiscordCommands.Pressed(body),
            Autocomplete => new(DiscordAnswers.NoChoices),
            _ => HookReading.Nothing,
        };
    }

    /// <summary>Discord wants a content type even on nothing.</summary>
    private static HookAnswer Acknowledged { get; } = new(StatusCodes.Status204NoContent, "application/json");

    private static byte[]? Bytes(string hex, int length)
    {
        var bytes = new byte[length];
        return hex.Length == 2 * length && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }
}
