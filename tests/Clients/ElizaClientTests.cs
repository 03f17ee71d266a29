using System.Text.Json;
using Kith.Clients.Hosts;

namespace Kith.Clients;

/// <summary>The unmodified npm client <c>@elizaos/api-client</c> in five versions against the running host (spec eliza-sessions §7 and §8).</summary>
public sealed class ElizaClientTests(Deployments deployments) : IClassFixture<Deployments>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Theory]
    [InlineData(Deployments.Sqlite, "1.4.2")]
    [InlineData(Deployments.Sqlite, "1.5.7")]
    [InlineData(Deployments.Sqlite, "1.6.5")]
    [InlineData(Deployments.Sqlite, "1.7.0")]
    [InlineData(Deployments.Sqlite, "1.7.2")]
    [InlineData(Deployments.Azure, "1.7.2")]
    [InlineData(Deployments.AzureUnderFaults, "1.7.2")]
    [InlineData(Deployments.Functions, "1.7.2")]
    [InlineData(Deployments.FunctionsUnderFaults, "1.7.2")]
    public async Task Every_method_of_the_sessions_client_returns_its_value_and_the_documented_samples_run(string deployment, string version)
    {
        var hosts = await deployments.OfAsync(deployment);
        string[] arguments = ["eliza/run.mjs", version, hosts.Open.GetLeftPart(UriPartial.Authority), hosts.Guarded.GetLeftPart(UriPartial.Authority), Tokens.OfWorkspace($"a-{version}"), Tokens.OfWorkspace($"b-{version}")];
        var lines = await NodePackages.RunAsync("node", arguments, Patience);
        var checks = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<HonchoClients.Check>(line, Json)!).ToList();
        Assert.Equal("every method of client.sessions was called", checks[^1].Name);
        Assert.All(checks, check => Assert.True(check.Error is null, $"{deployment} {version}: {check.Name}\n{check.Error}"));
    }
}
