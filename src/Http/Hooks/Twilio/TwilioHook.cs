using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Platforms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Kith.Http.Hooks.Twilio;

/// <summary>Incoming SMS and WhatsApp messages of Twilio's. The proof is an HMAC of the address that Twilio was given and the fields, under the account's token.</summary>
internal sealed class TwilioHook : IHook
{
    private const string WhatsAppPrefix = "whatsapp:";
    private const int MostMedia = 10;

    /// <summary>Says nothing in return.</summary>
    private static readonly HookAnswer Silent = new(StatusCodes.Status200OK, "text/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"u8.ToArray());

    public Platform Platform => Platform.Twilio;

    public ValueTask<bool> VerifyAsync(HookRequest request, OpenConnection connection, CancellationToken cancellationToken)
    {
        var signed = AddressOf(request, connection);
        if (request.IsForm)
            signed += Concatenate(request.Form());
        else if (!Proofs.IsHex(request.Query("bodySHA256") ?? "", SHA256.HashData(request.Body.Span)))
            return ValueTask.FromResult(false);

        var (signature, isProven) = (request.Header("X-Twilio-Signature"), false);
        foreach (var token in connection.All(Platform.Proof))
            isProven |= Proofs.IsBase64(signature, Sign(token, signed));
        return ValueTask.FromResult(isProven);
    }

    public HookReading Read(HookRequest request, OpenConnection connection)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.IsForm)
        {
            foreach (var (name, value) in request.Form())
                fields[name] = value;
        }

        return new HookReading(Silent, Of(fields, request.At) is { } said ? [said] : []);
    }

    /// <summary>The rule is Twilio's (RFC 2104 with SHA-1): nothing else is asked of it than to know the token.</summary>
#pragma warning disable CA5350 // The platform signs with SHA-1; there is no other signature to check.
    internal static byte[] Sign(string token, string signed) => HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed));
#pragma warning restore CA5350

    /// <summary>By name, each value of a name once.</summary>
    internal static string Concatenate(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Concat(fields.Distinct().OrderBy(field => field.Key, StringComparer.Ordinal).ThenBy(field => field.Value, StringComparer.Ordinal).Select(field => field.Key + field.Value));

    /// <summary>As Twilio knows it: behind a proxy the request's own host is another one.</summary>
    private static string AddressOf(HookRequest request, OpenConnection connection) => connection.Setting("public_base") is { } given
        ? given.TrimEnd('/') + UriHelper.BuildRelative(request.Http.PathBase, request.Http.Path, request.Http.QueryString)
        : request.Http.GetEncodedUrl();

    private static PlatformEvent.Said? Of(Dictionary<string, string> fields, DateTimeOffset now)
    {
        // What became of messages that were sent comes to the same address where somebody has it so.
        if (fields.GetValueOrDefault("MessageSid") is not { Length: > 0 } id || fields.GetValueOrDefault("From") is not { Length: > 0 } from || fields.GetValueOrDefault("To") is not { Length: > 0 } to)
            return null;
        Attachment[] media = [.. Enumerable.Range(0, MostMedia).Where(i => fields.ContainsKey($"MediaUrl{i}")).Select(i => new Attachment("media", fields[$"MediaUrl{i}"].Split('/')[^1], null, fields.GetValueOrDefault($"MediaContentType{i}")))];
        var text = fields.GetValueOrDefault("Body") ?? "";
        if (text.Length == 0 && media.Length == 0)
            return null;

        var person = new Person(Digits(from), fields.GetValueOrDefault("ProfileName"))
        {
            // One number is one person there, whoever carries the message.
            Home = from.StartsWith(WhatsAppPrefix, StringComparison.Ordinal) ? Platform.WhatsApp : null,
        };
        return new PlatformEvent.Said(new ChatPlace($"{Digits(to)}_{Digits(from)}", IsDirect: true), id, person, text, now)
        {
            Attachments = media,
            IsAddressed = true,
            ReplyTo = JsonElement.Parse(new JsonObject { ["from"] = to, ["to"] = from }.ToJsonString()),
        };
    }

    private static string Digits(string number) => number.Replace(WhatsAppPrefix, "", StringComparison.Ordinal).TrimStart('+');
}
