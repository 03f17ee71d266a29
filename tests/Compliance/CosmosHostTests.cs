using System.Net.Http.Json;
using System.Text.Json;
using Kith.Compliance.Tests.Cosmos;

namespace Kith.Compliance.Tests;

public sealed class CosmosHostTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_host_keeps_its_documents_in_cosmos_when_it_is_told_to()
    {
        using var data = new DataFolder();
        await using var cosmos = new GatewayServer(new CosmosGateway(TimeProvider.System));
        string[] settings = ["--storage", "azure", "--Cosmos:Endpoint", cosmos.Address.AbsoluteUri, "--Cosmos:Key", CosmosGateway.Key];
        await using (var host = await HostProcess.StartAsync(data, settings))
        {
            using var client = new HttpClient { BaseAddress = host.Address };
            await PostAsync(client, "v3/workspaces", new { id = "w" });
            await PostAsync(client, "v3/workspaces/w/sessions", new { id = "s", peers = new { alice = new { } } });
            await PostAsync(client, "v3/workspaces/w/sessions/s/messages", new { messages = new[] { new { content = "I like tea.", peer_id = "alice" } } });
        }
        await using var again = await HostProcess.StartAsync(data, settings);
        using var reader = new HttpClient { BaseAddress = again.Address };
        var listed = await PostAsync(reader, "v3/workspaces/w/sessions/s/messages/list", new { });
        var found = await PostAsync(reader, "v3/workspaces/w/sessions/s/search", new { query = "tea" });
        Assert.Equal("I like tea.", found[0].GetProperty("content").GetString());
        Assert.Equal("I like tea.", listed.GetProperty("items")[0].GetProperty("content").GetString());
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }
}
