using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Compliance.Tests;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Local.Storage;
using Kith.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests;

/// <summary>The local host in this process with a data folder of its own, and one-line requests to it.</summary>
public sealed class KithHost : WebApplicationFactory<SqliteDocumentStore>
{
    // The type only tells the assembly whose program is run: two of those that are referenced have one.
    private readonly DirectoryInfo _data;
    private readonly bool _ownsData;
    private readonly Dictionary<string, string> _settings;
    private readonly Action<IServiceCollection> _replace;
    private readonly LogSearch _log = new();

    public KithHost()
        : this([])
    {
    }

    private KithHost(Dictionary<string, string> settings, bool onKestrel = false, Action<IServiceCollection>? replace = null, DirectoryInfo? data = null)
    {
        _ownsData = data is null;
        _data = data ?? Directory.CreateTempSubdirectory("kith-http-");
        _settings = settings;
        _replace = replace ?? (_ => { });
        foreach (var (name, value) in settings.Where(setting => setting.Key.Contains("secret", StringComparison.OrdinalIgnoreCase)))
            _log.Plant(value);
        if (onKestrel)
            UseKestrel();
        ClientOptions.AllowAutoRedirect = false;
        StartServer();
        Client = CreateClient();
    }

    public HttpClient Client { get; }

    public string DataFolder => _data.FullName;

    public static KithHost With(params (string Key, string Value)[] settings) => new(settings.ToDictionary());

    /// <summary>With another embedding model.</summary>
    internal static KithHost WithEmbedder(IEmbedder embedder) => new([], replace: services => services.AddSingleton(embedder));

    /// <summary>With another reasoner.</summary>
    internal static KithHost WithReasoner(IReasoner reasoner) => new([], replace: services => services.AddSingleton(reasoner));

    /// <summary>With other parts.</summary>
    internal static KithHost Replacing(Action<IServiceCollection> replace, params (string Key, string Value)[] settings) => new(settings.ToDictionary(), replace: replace);

    /// <summary>With another clock.</summary>
    internal static KithHost At(TimeProvider time, params (string Key, string Value)[] settings) =>
        new(settings.ToDictionary(), replace: services => services.AddSingleton(time));

    /// <summary>With a data folder that stays when the host stops.</summary>
    internal static KithHost In(DirectoryInfo data) => new([], data: data);

    /// <summary>As <see cref="In(DirectoryInfo)"/>, with another embedding model.</summary>
    internal static KithHost In(DirectoryInfo data, IEmbedder embedder) => new([], replace: services => services.AddSingleton(embedder), data: data);

    /// <summary>On Azure's adapters and doubles of the services.</summary>
    internal static KithHost OnAzure(AzureDoubles doubles) => new(AzureDoubles.Settings.ToDictionary(), replace: doubles.Replace);

    /// <summary>Behind the real server, for what the test server refuses to send or does not limit.</summary>
    public static KithHost OnKestrel() => new(new() { ["port"] = "0" }, onKestrel: true);

    /// <summary>Sends JSON, or nothing, and returns status and body.</summary>
    public Task<Reply> SendAsync(string method, string path, object? body = null, string? key = null)
    {
        if (body is null)
            return SendAsync(method, path, null, key);
        var json = body as string ?? JsonSerializer.Serialize(body);
        _log.PlantTexts(json);
        return SendAsync(method, path, new StringContent(json, Encoding.UTF8, "application/json"), key);
    }

    public Task<Reply> SendAsync(string method, string path, HttpContent? content, string? key = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        _log.Plant(key);
        return SendAsync(Client, method, path, content, key, headers);
    }

    /// <summary>The same to another host.</summary>
    public static async Task<Reply> SendAsync(HttpClient client, string method, string path, HttpContent? content, string? key = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
            request.Headers.TryAddWithoutValidation(name, value);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Reply(response.StatusCode, text, response.Headers, response.Content.Headers);
    }

    /// <summary>Waits until nothing is left to be worked out in a workspace.</summary>
    public Task IdleAsync(string workspace) => Eventually.SeeAsync(
        async () => (await SendAsync("GET", $"/v3/workspaces/{workspace}/queue/status")).Json!,
        status => status["pending_work_units"]!.GetValue<int>() + status["in_progress_work_units"]!.GetValue<int>() == 0);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("data", _data.FullName);
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => LogSink.Add(services, _log));
        builder.ConfigureTestServices(_replace);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsData)
            _data.Delete(recursive: true);
        // Whatever the test was about, the host has logged nothing of what was said to it.
        _log.Demand();
    }

    public sealed record Reply(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
    {
        public int Code => (int)Status;

        public JsonNode? Json => JsonNode.Parse(Text);

        public string? Type => ContentHeaders.ContentType?.ToString();
    }
}
