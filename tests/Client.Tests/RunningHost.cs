using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Kith.Client.Tests;

/// <summary>The local host in this process with a data folder of its own, and clients of workspaces on it.</summary>
public sealed class RunningHost : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("kith-client-");
    private readonly HttpClient _http;
    private int _workspaces;

    public RunningHost()
    {
        StartServer();
        _http = CreateClient();
    }

    /// <summary>Of a workspace that nobody else uses.</summary>
    public KithClient Kith() => Kith($"w{Interlocked.Increment(ref _workspaces)}");

    public KithClient Kith(string workspace) => new(_http, new KithClientOptions { WorkspaceId = workspace, Timeout = TimeSpan.FromMinutes(5) });

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseSetting("data", _data.FullName);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
