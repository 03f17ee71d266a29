using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kith.Core;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Functions.Double;
using Kith.Local.Recall;
using Kith.Local.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Functions.Tests;

/// <summary>The Functions app on the engine of this repository: its store in a folder, its reasoner without a model unless a test gives another.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string Secret = "of-the-tests-only-32-bytes-or-more";

    private readonly DataFolder _data;
    private readonly LogSearch _log;

    private TestHost(DataFolder data, LogSearch log) => (_data, _log) = (data, log);

    public required FunctionsHost Functions { get; init; }

    public required HttpClient Client { get; init; }

    public KithEngine Engine => Functions.Engine;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<TestHost> StartAsync(IReasoner? reasoner = null, TimeProvider? time = null) => StartAsync(Secret, reasoner, time: time);

    public static async Task<TestHost> StartAsync(string? secret, IReasoner? reasoner = null, string environment = "Production", TimeProvider? time = null)
    {
        var data = new DataFolder();
        var log = new LogSearch();
        log.Plant(secret);
        var functions = await FunctionsHost.StartAsync(new Dictionary<string, string?> { ["Auth:JwtSecret"] = secret, ["Secrets:Key"] = "of these tests only, 32 characters or more" }, Replace, environment: environment);
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = functions.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey(Secret));
        return new TestHost(data, log) { Functions = functions, Client = client };

        void Replace(IServiceCollection services)
        {
            LogSink.Add(services, log);
            services.AddSingleton(provider => new SqliteDocumentStore(data.Path, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<SqliteDocumentStore>());
            services.AddSingleton<IRecallIndex, LocalRecallIndex>();
            if (time is not null)
                services.AddSingleton(time);
            if (reasoner is not null)
                services.AddSingleton(reasoner);
        }
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) => Client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Cancel);

    /// <summary>Through the door: the workspace and the session come into being by it.</summary>
    public async Task SayAsync(string session, params string[] texts)
    {
        foreach (var text in texts)
            _log.Plant(text);
        if (!(await PostAsync("/v3/workspaces", """{"id":"w"}""")).IsSuccessStatusCode)
            throw new InvalidOperationException("No workspace");
        await PostAsync("/v3/workspaces/w/sessions", $$"""{"id":"{{session}}"}""");
        await PostAsync($"/v3/workspaces/w/sessions/{session}/peers", """{"alice":{}}""");
        var messages = new JsonArray([.. texts.Select(text => new JsonObject { ["peer_id"] = "alice", ["content"] = text })]);
        using var response = await Client.PostAsJsonAsync($"/v3/workspaces/w/sessions/{session}/messages", new JsonObject { ["messages"] = messages }, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
    }

    /// <summary>What is known of alice, in a fixed order.</summary>
    public async Task<IReadOnlyList<string>> KnownAsync()
    {
        var conclusions = await Engine.Representations.SelectAsync(new RepresentationRequest("w", "alice", "alice") { MaxConclusions = 100 }, Cancel);
        return [.. conclusions.Select(conclusion => conclusion.Content).Order(StringComparer.Ordinal)];
    }

    public async Task<long> PendingAsync()
    {
        var units = (await Engine.Queues.StatusAsync("w", null, null, null, Cancel)).Units;
        return units.Pending + units.InProgress;
    }

    public async Task IdleAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        await Functions.IdleAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Functions.DisposeAsync();
        _data.Dispose();
        // Whatever the test was about, the app has logged nothing of what was said to it.
        _log.Demand();
    }

    private static string AdminKey(string secret)
    {
        var signed = Encode("""{"alg":"HS256","typ":"JWT"}""") + "." + Encode("""{"ad":true}""");
        return $"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
