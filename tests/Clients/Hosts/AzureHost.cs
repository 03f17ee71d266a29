using Kith.Compliance.Tests;
using Kith.Local.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Clients.Hosts;

/// <summary>The local host with <c>--storage azure</c>, in this process and behind the real server, on doubles of the services.</summary>
internal sealed class AzureHost : WebApplicationFactory<SqliteDocumentStore>
{
    // The type only tells the assembly whose program is run: two of those that are referenced have one.
    private readonly AzureDoubles _doubles;
    private readonly (string Name, string Value)[] _settings;

    public AzureHost(AzureDoubles doubles, params (string Name, string Value)[] settings)
    {
        _doubles = doubles;
        _settings = settings;
        // Without a port here: the program listens as soon as it is built, and says which port it has.
        UseKestrel();
        StartServer();
    }

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("port", "0");
        foreach (var (name, value) in AzureDoubles.Settings)
            builder.UseSetting(name, value);
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(_doubles.Replace);
    }
}
