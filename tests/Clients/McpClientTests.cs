using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Clients.Hosts;

namespace Kith.Clients;

/// <summary>The published client of the Model Context Protocol, and its inspector, over HTTP and over standard input and output.</summary>
public sealed class McpClientTests(Deployments deployments) : IClassFixture<Deployments>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Kith.Local.dll");

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [Theory]
    [InlineData(Deployments.Sqlite)]
    [InlineData(Deployments.Functions)]
    public async Task Every_tool_and_resource_over_HTTP_without_a_key_and_with_one(string deployment)
    {
        var hosts = await deployments.OfAsync(deployment);
        await CheckAsync("http", new Uri(hosts.Open, "/mcp?workspace=mcp").ToString());
        // The key's workspace is the connection's.
        await CheckAsync("http", new Uri(hosts.Guarded, "/mcp").ToString(), Tokens.OfWorkspace("mcp"));
    }

    [Fact]
    public async Task Every_tool_and_resource_over_standard_input_on_a_folder_and_for_a_server()
    {
        using var data = new DataFolder();
        await CheckAsync("stdio", DotNet, Program, "mcp", "--data", data.Path, "--workspace", "mcp");
        var hosts = await deployments.OfAsync(Deployments.Sqlite);
        await CheckAsync("stdio", DotNet, Program, "mcp", "--server", hosts.Open.ToString(), "--workspace", "mcp-stdio");
    }

    [Fact]
    public async Task The_inspector_lists_and_calls()
    {
        // Its command line reads the version of the package that it is usually a part of.
        await File.WriteAllTextAsync(Path.Combine(NodePackages.Folder, "node_modules", "@modelcontextprotocol", "package.json"), """{"name":"@modelcontextprotocol/inspector","version":"1.0.3"}""", Cancelled);
        var hosts = await deployments.OfAsync(Deployments.Sqlite);
        var address = new Uri(hosts.Open, "/mcp?workspace=inspected").ToString();
        var listed = JsonNode.Parse(await InspectAsync(address, "--method", "tools/list"))!["tools"]!.AsArray();
        Assert.Equal(7, listed.Count);
        var stored = JsonNode.Parse(await InspectAsync(address, "--method", "tools/call", "--tool-name", "remember", "--tool-arg", "content=Alice prefers trains"))!;
        Assert.NotNull(stored["structuredContent"]!["conclusion_id"]);
    }

    [Fact]
    public async Task Who_lacks_a_key_is_told_where_to_learn_of_one()
    {
        var hosts = await deployments.OfAsync(Deployments.Sqlite);
        using var client = new HttpClient { BaseAddress = hosts.Guarded };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "ping" }), Headers = { { "Accept", "application/json, text/event-stream" } } };
        using var refused = await client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var challenge = Assert.Single(refused.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", challenge.Scheme);
        var address = challenge.Parameter!.Split('"')[1];
        var metadata = (await client.GetFromJsonAsync<JsonNode>(address, Cancelled))!;
        Assert.Equal((new Uri(hosts.Guarded, "/mcp").ToString(), "header"), ((string?)metadata["resource"], (string?)metadata["bearer_methods_supported"]![0]));
    }

    private static async Task CheckAsync(params string[] arguments)
    {
        var lines = await NodePackages.RunAsync("node", ["mcp/run.mjs", .. arguments], Patience);
        var checks = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<HonchoClients.Check>(line, Json)!).ToList();
        Assert.Equal("every tool was called", checks[^1].Name);
        Assert.All(checks, check => Assert.True(check.Error is null, $"{string.Join(' ', arguments)}: {check.Name}\n{check.Error}"));
    }

    private static Task<string> InspectAsync(string address, params string[] arguments) =>
        NodePackages.RunAsync("node", ["node_modules/@modelcontextprotocol/inspector-cli/build/cli.js", "--cli", address, "--transport", "http", .. arguments], Patience);
}
