using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Kith.Models.Tests;

/// <summary>The local host in this process with a data folder of its own, reasoning and embedding with a model server.</summary>
internal sealed class KithHost : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("kith-models-");
    private readonly Dictionary<string, string> _settings;
    private readonly HttpClient _client;

    /// <param name="gather">Seconds for which messages are gathered before they are derived.</param>
    public KithHost(ModelServer server, string gather = "0.1")
    {
        _settings = new()
        {
            ["data"] = _data.FullName,
            ["Model:Endpoint"] = server.Address.ToString(),
            ["Model:ChatModel"] = "thinker",
            ["Model:EmbeddingModel"] = "embedder",
            ["Model:EmbeddingDimensions"] = "4",
            ["Model:RetryDelay"] = "0.01",
            ["Model:Debounce:Idle"] = gather,
        };
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

    /// <summary>Until nothing is left to be worked out.</summary>
    public async Task SettleAsync(string workspace, TimeSpan? within = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Some.Cancellation);
        patience.CancelAfter(within ?? TimeSpan.FromSeconds(60));
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
    }
}
