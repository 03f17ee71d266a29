using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Kith.Core.Recall;
using Kith.Http.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kith.Http.Tests.Access;

/// <summary>Everything that a run over all routes logs, Kith's own lines at every level, searched for what was planted in it: words, keys and secrets.</summary>
public sealed class LogTests
{
    private const string Words = "zanzibarmarker";
    private const string Secret = "quagmiresecret-0123456789";

    [Fact]
    public async Task Neither_words_nor_keys_nor_secrets_are_logged()
    {
        var log = new Capture();
        await using var host = KithHost.Replacing(
            services =>
            {
                services.AddSingleton<ILoggerProvider>(log);
                services.AddSingleton<IEmbedder>(new TalkativeEmbedder());
                services.Configure<LoggerFilterOptions>(options =>
                {
                    options.MinLevel = LogLevel.Trace;
                    options.Rules.Add(new LoggerFilterRule(null, "Microsoft", LogLevel.Warning, null));
                    options.Rules.Add(new LoggerFilterRule(null, "System", LogLevel.Warning, null));
                });
            },
            ("Auth:UseAuth", "true"),
            ("Auth:JwtSecret", Secret));
        var admin = host.Services.GetRequiredService<Tokens>().Issue(Caller.Admin, null);
        await host.SendAsync("POST", "/v3/workspaces/w/sessions", new { id = "s", peers = new { a = new { } } }, admin);
        var made = await host.SendAsync("POST", "/v1/workspaces/w/keys", new { name = "n" }, admin);
        var token = made.Json!["token"]!.GetValue<string>();
        var body = JsonSerializer.Serialize(new
        {
            id = "a",
            name = "n",
            query = Words,
            content = Words,
            messages = new[] { new { content = $"I live in {Words}.", peer_id = "a", role = "user" } },
            conclusions = new[] { new { content = Words, observer_id = "a", observed_id = "a" } },
            peer_card = new[] { Words },
            metadata = new { note = Words },
            workflowName = "w",
            role = "user",
            data = new { note = Words },
            url = $"https://example.com/{Words}",
            responder_secret = Secret,
        });
        foreach (var route in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().OrderBy(GuardTests.Fixture.MethodOf))
        {
            foreach (var sent in new[] { body, body[..^1] + $",\"{Words}\":1}}", $"{{\"{Words}" })
                await SendAsync(host, GuardTests.Fixture.MethodOf(route), PathOf(route), sent, token);
        }

        await SendAsync(host, "GET", "/v1/workspaces/w/settings", "", token + "x");
        await SendAsync(host, "GET", "/v1/workspaces/w/settings", "", admin[..^2]);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.NotEmpty(log.Lines);
        foreach (var planted in new[] { Words, Secret, token, token[27..70], admin, admin.Split('.')[2], "idempotencymarker" })
            Assert.DoesNotContain(log.Lines, line => line.Contains(planted, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<KithHost.Reply> SendAsync(KithHost host, string method, string path, string body, string key) => host.SendAsync(
        method,
        path,
        new StringContent(body, Encoding.UTF8, "application/json"),
        key,
        new Dictionary<string, string> { ["Idempotency-Key"] = "idempotencymarker" + Guid.NewGuid().ToString("N") });

    private static string PathOf(RouteEndpoint route) => route.RoutePattern.Parameters.Aggregate('/' + route.RoutePattern.RawText!.Trim('/'), (path, parameter) =>
        path.Replace($"{{{parameter.Name}}}", parameter.Name switch { "workspace" => "w", "session" => "s", "peer" => "a", _ => "x" }, StringComparison.Ordinal));

    /// <summary>Fails as libraries do that put what they were given into their errors.</summary>
    private sealed class TalkativeEmbedder : IEmbedder
    {
        public string Model => "talkative";

        public int Dimensions => 8;

        public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"cannot embed '{string.Join(' ', texts)}' with {Secret}");
    }

    private sealed class Capture : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
