using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Kith.Client.Tests.Publishing;

/// <summary>The local host in this process, on a port of the loopback address that other processes can reach.</summary>
internal sealed class ListeningHost : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("kith-client-");

    public ListeningHost()
    {
        UseKestrel(port: 0);
        StartServer();
    }

    public Uri Address => ClientOptions.BaseAddress;

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseSetting("data", _data.FullName);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
