using System.Security.Cryptography;
using System.Text;
using Kith.Http.Hooks.Twilio;

namespace Kith.Http.Tests.Hooks;

public sealed class TwilioHookTests(KithHost host) : IClassFixture<KithHost>
{
    private const string Token = "12345";
    private const string Base = "https://bot.example.com";

    private readonly HookApi _api = new(host);

    /// <summary>The examples of twilio.com/docs/usage/security and of Twilio's own libraries (RequestValidatorTest).</summary>
    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2", "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2", "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2", "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234", "IK+Dwps556ElfBT0I3Rgjkr1wJU=")]
    [InlineData("https://MyCompany.com/myapp.php?foo=1&bar=2", "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212", "g9IN/x4Cft2g517EjYvEvM/W7LU=")]
    [InlineData("https://MyCompany.com:1234/myapp.php?foo=1&bar=2", "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212", "PCqOZm8cnu/L6+u5i5fuEd+Iac4=")]
    public void Twilios_own_examples_come_out(string url, string form, string signature)
    {
        var fields = form.Split('&').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1])));
        Assert.Equal(signature, Convert.ToBase64String(TwilioHook.Sign(Token, url + TwilioHook.Concatenate(fields))));
    }

    [Fact]
    public async Task A_message_is_kept_once_and_answered_with_empty_TwiML()
    {
        var path = await ConnectAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(path, Sms("SM1", "+15551112222", "I live in Rome."))));
        Assert.All(replies, reply => Assert.Equal((200, "text/xml", """<?xml version="1.0" encoding="UTF-8"?><Response/>"""), (reply.Code, reply.Type, reply.Text)));
        Assert.Equal(["twilio_15551112222: I live in Rome."], await _api.ContentsAsync("twilio_18005551212_15551112222"));
    }

    [Fact]
    public async Task Anything_changed_is_refused()
    {
        var path = await ConnectAsync();
        var body = Sms("SM2", "+15551112222", "Hello");
        var signature = Sign(Base + path, body);
        Assert.Equal(401, (await PostAsync(path, body.Replace("Hello", "Hullo", StringComparison.Ordinal), signature)).Code);
        Assert.Equal(401, (await PostAsync(path, body + "&Extra=1", signature)).Code);
        Assert.Equal(401, (await PostAsync(path + "?x=1", body, signature)).Code);
        Assert.Equal(401, (await PostAsync(path, body, Sign(Base + path, body, "12346"))).Code);
        Assert.Equal(401, (await PostAsync(path, body, Sign("https://other.example.com" + path, body))).Code);
        for (var i = 0; i < signature.Length - 1; i++)
            Assert.Equal(401, (await PostAsync(path, body, signature[..i] + (signature[i] == 'A' ? 'B' : 'A') + signature[(i + 1)..])).Code);
        foreach (var other in new[] { "", "=", signature[..^1], signature + signature, "not base 64!" })
            Assert.Equal((401, ""), ((await PostAsync(path, body, other)).Code, (await PostAsync(path, body, other)).Text));
        Assert.Equal(200, (await PostAsync(path, body, signature)).Code);
    }

    [Fact]
    public async Task JSON_is_proven_by_the_hash_in_the_address()
    {
        var path = await ConnectAsync();
        var body = """{"property": "value", "boolean": true}""";
        var query = "?bodySHA256=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        Assert.Equal("?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620", query);
        var signature = Convert.ToBase64String(TwilioHook.Sign(Token, Base + path + query));
        Assert.Equal(200, (await PostAsync(path + query, body, signature, "application/json")).Code);
        Assert.Equal(401, (await PostAsync(path + query, body + " ", signature, "application/json")).Code);
        Assert.Equal(401, (await PostAsync(path, body, Convert.ToBase64String(TwilioHook.Sign(Token, Base + path)), "application/json")).Code);
    }

    [Fact]
    public async Task WhatsApp_numbers_are_the_same_people_and_media_are_words_about_them()
    {
        var path = await ConnectAsync();
        var body = Sms("SM3", "whatsapp:+15553334444", "", to: "whatsapp:+18005551212") + "&NumMedia=1&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2FMedia%2FME1&MediaContentType0=image%2Fjpeg&ProfileName=Bea";
        Assert.Equal(200, (await SendAsync(path, body)).Code);
        var message = Assert.Single(await _api.MessagesAsync("twilio_18005551212_15553334444"))!;
        Assert.Equal(("whatsapp_15553334444", "ME1"), (message["peer_id"]!.GetValue<string>(), message["metadata"]!["attachments"]![0]!["id"]!.GetValue<string>()));
        Assert.Equal(200, (await SendAsync(path, "MessageSid=SM9&MessageStatus=delivered&To=%2B1&From=%2B2")).Code);
        Assert.Equal(200, (await SendAsync(path, "a=%ff&b&=&MessageSid")).Code);
    }

    private async Task<string> ConnectAsync() =>
        HookApi.Path(await _api.CreateAsync(new { platform = "twilio", secrets = new { auth_token = Token }, settings = new { account_sid = "AC1", public_base = Base + "/" } }));

    private Task<KithHost.Reply> SendAsync(string path, string body) => PostAsync(path, body, Sign(Base + path, body));

    private Task<KithHost.Reply> PostAsync(string path, string body, string signature, string type = "application/x-www-form-urlencoded") =>
        _api.SendAsync(path, Encoding.UTF8.GetBytes(body), type, ("X-Twilio-Signature", signature));

    private static string Sms(string sid, string from, string text, string to = "+18005551212") =>
        $"MessageSid={sid}&From={Uri.EscapeDataString(from)}&To={Uri.EscapeDataString(to)}&Body={Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal)}";

    private static string Sign(string url, string form, string token = Token)
    {
        var fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(form).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")));
        return Convert.ToBase64String(TwilioHook.Sign(token, url + TwilioHook.Concatenate(fields)));
    }
}
