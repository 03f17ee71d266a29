using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kith.Models.Tests;

/// <summary>The local host in this process with a data folder of its own, reasoning and embedding with a model server.</summary>
internal sealed class KithHost : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("kith-models-");
    private readonly Dictionary<string, string> _settings;
    private readonly TimeProvider? _time;
    private readonly LogLines? _log;
    private readonly HttpClient _client;

    /// <param name="gather">Seconds for which messages are gathered before they are derived.</param>
    /// <param name="time">The clock of every part of the host; with it, calls are repeated after the standard waits.</param>
    /// <param name="log">Gets everything that is logged.</param>
    public KithHost(ModelServer server, TimeProvider? time = null, LogLines? log = null, string gather = "0.1")
    {
        _time = time;
        _log = log;
        _settings = new()
        {
            ["data"] = _data.FullName,
            ["Model:Endpoint"] = server.Address.ToString(),
            ["Model:ChatModel"] = "thinker",
            ["Model:EmbeddingModel"] = "embedder",
            ["Model:EmbeddingDimensions"] = $"{Thinking.Dimensions}",
            ["Model:Debounce:Idle"] = gather,
        };
        if (time is null)
            _settings["Model:RetryDelay"] = "0.01";
        _client = CreateClient();
    }

    public async Task<(HttpResponseMessage Response, JsonNode Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        var response = await _client.SendAsync(request, Some.Cancellation);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync(Some.Cancellation);
        return (response, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }

    /// <summary>The answer as it comes, whatever its status.</summary>
    public Task<HttpResponseMessage> AskAsync(string path, object body) =>
        _client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, HttpCompletionOption.ResponseHeadersRead, Some.Cancellation);

    /// <summary>Until nothing is left to be worked out.</summary>
    public async Task SettleAsync(string workspace)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Some.Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        while (true)
        {
            var (_, status) = await SendAsync(HttpMethod.Get, $"/v3/workspaces/{workspace}/queue/status");
            if ((int)status["pending_work_units"]! + (int)status["in_progress_work_units"]! == 0)
                return;
            await Task.Delay(100, patience.Token);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _data.Delete(recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        if (_time is not null)
            builder.ConfigureTestServices(services => services.AddSingleton(_time));
        if (_log is not null)
            builder.ConfigureLogging(logging => logging.AddProvider(_log));
    }
}
