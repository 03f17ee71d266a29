using Kith.Client;
using Kith.Mcp;
using Microsoft.Extensions.Logging.Console;
using ModelContextProtocol.Server;

namespace Kith.Local;

/// <summary>
/// The Model Context Protocol over standard input and output: for a server that runs elsewhere (<c>--server</c>, or KITH_BASE_URL), or else whole in this process, on the data folder.
/// Standard output belongs to the protocol: everything else is said on standard error.
/// </summary>
internal static class StdioServer
{
    private const string UsualPeer = "user";

    private static readonly string[] Own = ["--server", "--workspace", "--peer"];

    public static async Task RunAsync(string[] args)
    {
        LocalOptions.DemandKnown(args, Own);
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("KITH_").AddCommandLine(args);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var client = KithClientOptions.FromEnvironment();
        if (builder.Configuration["workspace"] is { Length: > 0 } workspace)
            client = client with { WorkspaceId = workspace };
        var server = builder.Configuration["server"] is { Length: > 0 } named ? new Uri(named) : client.BaseUrl;
        if (server is not null)
        {
            await TalkAsync(client with { BaseUrl = server }, builder.Configuration, CancellationToken.None);
            return;
        }

        // A port of its own that nobody is told of: the way in is this process's standard input.
        var options = LocalOptions.From(builder.Configuration) with { Urls = ["http://127.0.0.1:0"] };
        await using var host = LocalHost.Build(builder, options);
        await host.StartAsync();
        await TalkAsync(client with { BaseUrl = new Uri(host.Urls.First()) }, builder.Configuration, host.Lifetime.ApplicationStopping);
        await host.StopAsync();
    }

    private static async Task TalkAsync(KithClientOptions options, IConfiguration configuration, CancellationToken stopping)
    {
        await using var transport = new StdioServerTransport("kith");
        await using var memory = MemoryServer.Create(transport, new KithClient(options), configuration["peer"] ?? UsualPeer);
        await memory.RunAsync(stopping);
    }
}
