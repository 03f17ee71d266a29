using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kith.Http.Access;
using Kith.Http.Hooks.Teams;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Hooks;

/// <summary>Activities with tokens of a double of Bot Service.</summary>
public sealed class TeamsHookTests(TeamsHookTests.Fixture fixture) : IClassFixture<TeamsHookTests.Fixture>
{
    private const string App = "11111111-2222-3333-4444-555555555555";
    private const string Service = "https://smba.trafficmanager.net/emea/";
    private const string Directory = "d6d49420-f39b-4df7-a1dc-d59a935871db";

    private readonly HookApi _api = new(fixture.Host);

    [Fact]
    public async Task An_activity_with_a_token_of_the_service_is_kept_once()
    {
        var path = await ConnectAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(path, Message("m1", "I live in Rome."), Token())));
        Assert.All(replies, reply => Assert.Equal((200, ""), (reply.Code, reply.Text)));
        Assert.Equal(["teams_aad-1: I live in Rome."], await _api.ContentsAsync(Session));
        Assert.Contains("lives in Rome", await _api.KnownAsync("teams_aad-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_the_services_directory_in_Entra_ID_is_as_good()
    {
        var path = await ConnectAsync();
        Assert.Equal(200, (await SendAsync(path, Message("m1", "Hello"), Token(claims => Entra(claims, Directory), kid: "entra"))).Code);
        // Of another directory, and of this one's issuer with the service's own key.
        Assert.Equal(401, (await SendAsync(path, Message("m2", "Hello"), Token(claims => Entra(claims, "99999999-f39b-4df7-a1dc-d59a935871db"), kid: "entra"))).Code);
        Assert.Equal(401, (await SendAsync(path, Message("m3", "Hello"), Token(claims => Entra(claims, Directory)))).Code);

        static void Entra(JsonObject claims, string directory)
        {
            claims["iss"] = $"https://login.microsoftonline.com/{directory}/v2.0";
            claims.Remove("serviceurl");
        }
    }

    [Fact]
    public async Task Any_other_token_is_refused()
    {
        var path = await ConnectAsync();
        var message = Message("m1", "Hello");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Action<JsonObject>[] wrong =
        [
            claims => claims["aud"] = "99999999-2222-3333-4444-555555555555",
            claims => claims["iss"] = "https://api.botframework.com/",
            claims => claims["exp"] = now - 400,
            claims => claims["nbf"] = now + 400,
            claims => claims["serviceurl"] = "https://smba.trafficmanager.net/amer/",
            claims => claims.Remove("serviceurl"),
            claims => claims.Remove("exp"),
            claims => claims["aud"] = 7,
        ];
        foreach (var change in wrong)
            Assert.Equal((401, ""), ((await SendAsync(path, message, Token(change))).Code, (await SendAsync(path, message, Token(change))).Text));
        Assert.Equal(401, (await SendAsync(path, message, Token(kid: "unendorsed"))).Code);
        Assert.Equal(401, (await SendAsync(path, message, Token(kid: "unknown"))).Code);
        Assert.Equal(401, (await SendAsync(path, message, Token(algorithm: "none"))).Code);
        Assert.Equal(401, (await SendAsync(path, message, Token(algorithm: "HS256"))).Code);

        var token = Token();
        for (var i = 0; i < token.Length; i += 13)
        {
            if (token[i] != '.')
                Assert.Equal(401, (await SendAsync(path, message, token[..i] + (token[i] == 'A' ? 'Q' : 'A') + token[(i + 1)..])).Code);
        }

        foreach (var other in new[] { "", "x", "a.b.c", token[..^4], token + "." })
            Assert.Equal(401, (await SendAsync(path, message, other)).Code);
        foreach (var address in new[] { "http://smba.trafficmanager.net/emea/", "https://evil.trafficmanager.net/", "https://smba.trafficmanager.net@evil.example/", "https://botframework.com.evil.example/", "https://smba.trafficmanager.net:8443/" })
        {
            message["serviceUrl"] = address;
            Assert.Equal(401, (await SendAsync(path, message, Token(claims => claims["serviceurl"] = address))).Code);
        }

        Assert.Empty(await _api.MessagesAsync(Session));
    }

    [Fact]
    public async Task Updates_deletions_mentions_and_threads_are_understood()
    {
        var path = await ConnectAsync("thread");
        var message = Message("m1", "<at>Kith</at> I live in Rome, <at>Bob</at>");
        message["conversation"] = new JsonObject { ["id"] = "19:chan@thread.tacv2;messageid=m1", ["conversationType"] = "channel" };
        message["entities"] = new JsonArray(
            new JsonObject { ["type"] = "mention", ["text"] = "<at>Kith</at>", ["mentioned"] = new JsonObject { ["id"] = "28:" + App, ["name"] = "Kith" } },
            new JsonObject { ["type"] = "mention", ["text"] = "<at>Bob</at>", ["mentioned"] = new JsonObject { ["id"] = "29:bob", ["aadObjectId"] = "aad-2", ["name"] = "Bob" } },
            new JsonObject { ["type"] = "clientInfo" });
        message["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = "<p>x</p>" }, new JsonObject { ["contentType"] = "application/vnd.microsoft.teams.file.download.info", ["name"] = "plan.docx" });
        Assert.Equal(200, (await SendAsync(path, message, Token())).Code);
        var session = Platform("19:chan@thread.tacv2_m1");
        var stored = Assert.Single(await _api.MessagesAsync(session))!;
        Assert.Equal("@teams_bot I live in Rome, @teams_aad-2", stored["content"]!.GetValue<string>());
        Assert.Equal("plan.docx", Assert.Single(stored["metadata"]!["attachments"]!.AsArray())!["name"]!.GetValue<string>());

        var update = (JsonObject)message.DeepClone();
        (update["type"], update["text"], update["timestamp"]) = ("messageUpdate", "I live in Oslo.", "2026-01-02T03:05:00Z");
        await SendAsync(path, update, Token());
        Assert.Equal("I live in Oslo.", Assert.Single(await _api.MessagesAsync(session))!["content"]!.GetValue<string>());
        var delete = (JsonObject)message.DeepClone();
        delete["type"] = "messageDelete";
        delete.Remove("text");
        await SendAsync(path, delete, Token());
        await Eventually.SeeAsync(() => _api.ContentsAsync(session), contents => contents.Length == 0);
        foreach (var type in new[] { "conversationUpdate", "messageReaction", "typing", "invoke", "installationUpdate" })
        {
            var other = Message("x", "text");
            other["type"] = type;
            Assert.Equal(200, (await SendAsync(path, other, Token())).Code);
        }
    }

    [Fact]
    public async Task What_is_no_activity_is_no_error_of_the_server()
    {
        var path = await ConnectAsync();
        foreach (var body in new[] { "", "null", "[]", "{", "{\"type\":\"message\"}", "{\"channelId\":{},\"serviceUrl\":7}" })
            Assert.InRange((await _api.SendAsync(path, Encoding.UTF8.GetBytes(body), "application/json", ("Authorization", "Bearer " + Token()))).Code, 200, 499);
        foreach (var (name, value) in new (string, JsonNode?)[] { ("from", "x"), ("conversation", new JsonArray()), ("id", new JsonObject()), ("timestamp", "never"), ("entities", 7), ("text", null) })
        {
            var message = Message("y", "text");
            message[name] = value;
            Assert.InRange((await SendAsync(path, message, Token())).Code, 200, 499);
        }
    }

    private static string Session => Platform("a:conv-1");

    private static string Platform(string id) => "teams_" + Core.Ids.Of("platform", "teams", id);

    private async Task<string> ConnectAsync(string sessions = "channel") => HookApi.Path(await _api.CreateAsync(new { platform = "teams", settings = new { app_id = App }, sessions }));

    private Task<KithHost.Reply> SendAsync(string path, JsonObject activity, string token) =>
        _api.SendAsync(path, Encoding.UTF8.GetBytes(activity.ToJsonString()), "application/json", ("Authorization", $"Bearer {token}"));

    private static JsonObject Message(string id, string text) => new()
    {
        ["type"] = "message",
        ["id"] = id,
        ["channelId"] = "msteams",
        ["serviceUrl"] = Service,
        ["timestamp"] = "2026-01-02T03:04:05.678Z",
        ["from"] = new JsonObject { ["id"] = "29:ann", ["aadObjectId"] = "aad-1", ["name"] = "Ann" },
        ["recipient"] = new JsonObject { ["id"] = "28:" + App, ["name"] = "Kith" },
        ["conversation"] = new JsonObject { ["id"] = "a:conv-1", ["conversationType"] = "personal" },
        ["text"] = text,
    };

    private string Token(Action<JsonObject>? change = null, string kid = "service", string algorithm = "RS256")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = "https://api.botframework.com", ["aud"] = App, ["serviceurl"] = Service, ["nbf"] = now - 10, ["exp"] = now + 600 };
        change?.Invoke(claims);
        var signed = $"{Jwt.Encode(Encoding.UTF8.GetBytes(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = kid }.ToJsonString()))}.{Jwt.Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(fixture.Keys["service"].ExportRSAPublicKey(), bytes),
            _ => fixture.Keys.GetValueOrDefault(kid, fixture.Keys["service"]).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{Jwt.Encode(signature)}";
    }

    public sealed class Fixture : IAsyncDisposable
    {
        private readonly ServiceDouble _service;

        public Fixture()
        {
            Keys = new[] { "service", "unendorsed", "entra" }.ToDictionary(name => name, _ => RSA.Create(2048));
            _service = new ServiceDouble(Keys);
            Host = KithHost.Replacing(services => services.AddSingleton(provider => BotTokens.Of(provider.GetRequiredService<TimeProvider>(), new HttpClient(_service))));
        }

        public KithHost Host { get; }

        internal IReadOnlyDictionary<string, RSA> Keys { get; }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _service.Dispose();
            foreach (var key in Keys.Values)
                key.Dispose();
        }
    }

    /// <summary>What Microsoft publishes, with keys of ours.</summary>
    private sealed class ServiceDouble(IReadOnlyDictionary<string, RSA> keys) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = request.RequestUri!.AbsoluteUri switch
            {
                "https://login.botframework.com/v1/.well-known/openidconfiguration" => """{"issuer":"https://api.botframework.com","jwks_uri":"https://login.botframework.com/v1/.well-known/keys"}""",
                "https://login.botframework.com/v1/.well-known/keys" => Set(Key("service", new JsonArray("msteams", "webchat")), Key("unendorsed", new JsonArray("webchat"))),
                $"https://login.microsoftonline.com/{Directory}/discovery/v2.0/keys" => Set(Key("entra", null)),
                _ => Set(),
            };
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) });
        }

        private JsonObject Key(string name, JsonArray? endorsements)
        {
            var parameters = keys[name].ExportParameters(includePrivateParameters: false);
            var key = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = name, ["n"] = Jwt.Encode(parameters.Modulus), ["e"] = Jwt.Encode(parameters.Exponent) };
            if (endorsements is not null)
                key["endorsements"] = endorsements;
            return key;
        }

        private static string Set(params JsonNode[] keys) => new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString();
    }
}
