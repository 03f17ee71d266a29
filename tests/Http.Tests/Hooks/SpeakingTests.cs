using System.Net;
using System.Text;
using System.Text.Json;
using Kith.Core.Platforms;
using Kith.Http.Hooks.Speaking;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Hooks;

/// <summary>What is sent to each platform's API, and what its answers mean.</summary>
public sealed class SpeakingTests : IAsyncLifetime
{
    private readonly ApiDouble _double = new();
    private KithHost _host = null!;
    private HookApi _api = null!;

    public ValueTask InitializeAsync()
    {
        _host = KithHost.Replacing(services => services.AddSingleton<IPlatformSender>(new PlatformSender(new HttpClient(_double), TimeProvider.System)));
        _api = new HookApi(_host);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("slack", """{"channel":"C1","thread_ts":"1.2"}""", "POST https://slack.com/api/chat.postMessage", "Bearer T", """{"channel":"C1","text":"Hi","thread_ts":"1.2"}""")]
    [InlineData("telegram", """{"chat_id":"-5","message_id":"7","message_thread_id":"3"}""", "POST https://api.telegram.org/botT/sendMessage", null, """{"chat_id":"-5","text":"Hi","reply_parameters":{"message_id":7,"allow_sending_without_reply":true},"message_thread_id":3}""")]
    [InlineData("whatsapp", """{"phone_number_id":"55","to":"49","message_id":"wamid.1"}""", "POST https://graph.facebook.com/v23.0/55/messages", "Bearer T", """{"messaging_product":"whatsapp","to":"49","type":"text","text":{"body":"Hi"},"context":{"message_id":"wamid.1"}}""")]
    [InlineData("discord", """{"application_id":"77","token":"a/b"}""", "PATCH https://discord.com/api/v10/webhooks/77/a%2Fb/messages/@original", null, """{"content":"Hi","allowed_mentions":{"parse":[]}}""")]
    [InlineData("teams", """{"service_url":"https://smba.trafficmanager.net/emea/","conversation":"19:x@thread.v2;messageid=1","activity":"1","bot":"28:a"}""", "POST https://smba.trafficmanager.net/emea/v3/conversations/19%3Ax%40thread.v2%3Bmessageid%3D1/activities/1", "Bearer given", """{"type":"message","from":{"id":"28:a"},"replyToId":"1","text":"Hi","textFormat":"plain"}""")]
    [InlineData("twilio", """{"from":"+1800","to":"+4911"}""", "POST https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json", "Basic QUMxOlQ=", "From=%2B1800&To=%2B4911&Body=Hi")]
    public async Task Each_platform_is_told_in_its_own_words(string platform, string to, string request, string? authorization, string body)
    {
        var answer = await SendAsync(platform, to, "Hi");
        Assert.Null(answer.Problem);
        var call = _double.Calls[^1];
        Assert.Equal((request, authorization, body), (call.Request, call.Authorization, call.Body));
        Assert.Equal(platform == "teams" ? 2 : 1, _double.Calls.Count);
        if (platform != "teams")
            return;
        Assert.Equal("POST https://login.microsoftonline.com/tenant/oauth2/v2.0/token", _double.Calls[0].Request);
        Assert.Equal("grant_type=client_credentials&client_id=app&client_secret=T&scope=https%3A%2F%2Fapi.botframework.com%2F.default", _double.Calls[0].Body);
    }

    [Theory]
    [InlineData("slack", 429, "{}", true)]
    [InlineData("slack", 503, "{}", true)]
    [InlineData("slack", 500, "{}", false)]
    [InlineData("slack", 200, """{"ok":false,"error":"channel_not_found"}""", false)]
    [InlineData("slack", 200, "not json", false)]
    [InlineData("telegram", 403, """{"ok":false}""", false)]
    [InlineData("discord", 500, "{}", true)]
    [InlineData("discord", 404, "{}", true)]
    public async Task Only_what_was_refused_for_certain_or_does_no_harm_twice_may_be_tried_again(string platform, int status, string body, bool mayTryAgain)
    {
        _double.Answer = (status, body);
        var answer = await SendAsync(platform, """{"channel":"C1","chat_id":"1","application_id":"7","token":"t"}""", "Hi");
        Assert.NotNull(answer.Problem);
        Assert.Equal((status, mayTryAgain), (answer.Status, answer.MayTryAgain));
        if (status == 429)
            Assert.Equal(TimeSpan.FromSeconds(30), answer.RetryAfter);
    }

    [Fact]
    public async Task What_was_never_reached_may_be_tried_again_and_a_cut_answer_not()
    {
        _double.Fault = new HttpRequestException(HttpRequestError.ConnectionError);
        Assert.True((await SendAsync("slack", """{"channel":"C1"}""", "Hi")).MayTryAgain);
        _double.Fault = new HttpRequestException(HttpRequestError.ResponseEnded);
        Assert.False((await SendAsync("slack", """{"channel":"C1"}""", "Hi")).MayTryAgain);
        Assert.True((await SendAsync("discord", """{"application_id":"7","token":"t"}""", "Hi")).MayTryAgain);
    }

    [Fact]
    public async Task A_connection_without_its_token_says_nothing()
    {
        var answer = await SendAsync("slack", """{"channel":"C1"}""", "Hi", withToken: false);
        Assert.Equal((null, false), (answer.Status, answer.MayTryAgain));
        Assert.Contains("bot_token", answer.Problem, StringComparison.Ordinal);
        Assert.Contains("Bot Service", (await SendAsync("teams", """{"service_url":"https://evil.example/"}""", "Hi")).Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(_double.Calls, call => call.Request.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Long_texts_are_cut_at_whole_characters()
    {
        await SendAsync("discord", """{"application_id":"7","token":"t"}""", string.Concat(Enumerable.Repeat("🦔", 2_000)));
        var text = JsonDocument.Parse(_double.Calls[^1].Body).RootElement.GetProperty("content").GetString()!;
        Assert.InRange(text.Length, 1_990, 2_000);
        Assert.EndsWith("🦔…", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mention_in_Slack_is_answered_in_its_thread_with_what_is_remembered()
    {
        var path = HookApi.Path(await _api.CreateAsync(new { platform = "slack", secrets = new { signing_secret = HookApi.SlackSecret, bot_token = "xoxb-1" }, replies = true }));
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "I live in Rome."));
        await _api.KnownAsync("slack_U1");
        var question = HookApi.SlackMessage("U1", "<@UBOT> where do I live?", "1700000005.000100");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _api.SlackAsync(path, question)));
        var call = await Eventually.SeeAsync(() => Task.FromResult(_double.Calls), calls => calls.Count > 0);
        var said = JsonDocument.Parse(call[0].Body).RootElement;
        Assert.Equal(("C1", "1700000005.000100"), (said.GetProperty("channel").GetString(), said.GetProperty("thread_ts").GetString()));
        Assert.Contains("Rome", said.GetProperty("text").GetString(), StringComparison.Ordinal);
        var id = path.Split('/')[^1];
        var replies = await Eventually.SeeAsync(
            async () => (await _host.SendAsync("GET", $"{_api.Connections}/{id}/replies")).Json!, page => page["items"]!.AsArray().Any(reply => reply!["state"]!.GetValue<string>() == "delivered"));
        Assert.Equal(1, replies["total"]!.GetValue<int>());
        Assert.Single(_double.Calls);
    }

    private async Task<PlatformAnswer> SendAsync(string name, string to, string text, bool withToken = true)
    {
        var platform = Platform.Find(name)!;
        var settings = platform.Settings.ToDictionary(setting => setting, setting => setting switch { "account_sid" => "AC1", "app_id" => "app", "tenant_id" => "tenant", _ => "x" });
        var secrets = withToken ? platform.Secrets.ToDictionary(secret => secret, _ => "T") : [];
        var created = await _api.CreateAsync(new { platform = name, secrets, settings });
        var connection = await _host.Services.GetRequiredService<Core.Platforms.Connections>().OpenAsync(created["id"]!.GetValue<string>(), TestContext.Current.CancellationToken);
        return await _host.Services.GetRequiredService<IPlatformSender>().SendAsync(new PlatformCall(connection!, JsonDocument.Parse(to).RootElement, text), TestContext.Current.CancellationToken);
    }

    /// <summary>Takes every call for every platform.</summary>
    private sealed class ApiDouble : HttpMessageHandler
    {
        private readonly List<(string Request, string? Authorization, string Body)> _calls = [];

        public IReadOnlyList<(string Request, string? Authorization, string Body)> Calls
        {
            get
            {
                lock (_calls)
                    return [.. _calls];
            }
        }

        public (int Status, string Body) Answer { get; set; } = (200, """{"ok":true}""");

        public Exception? Fault { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            lock (_calls)
                _calls.Add(($"{request.Method} {request.RequestUri!.AbsoluteUri}", request.Headers.Authorization?.ToString(), body));
            if (Fault is not null)
                throw Fault;
            if (request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
                return Of(200, """{"access_token":"given","expires_in":3600}""");
            var response = Of(Answer.Status, Answer.Body);
            if (Answer.Status == 429)
                response.Headers.RetryAfter = new(TimeSpan.FromSeconds(30));
            return response;
        }

        private static HttpResponseMessage Of(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
