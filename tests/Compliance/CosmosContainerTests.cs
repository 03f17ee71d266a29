using Kith.Azure.Storage;
using Kith.Compliance.Tests.Cosmos;
using Kith.Core;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;

namespace Kith.Compliance.Tests;

/// <summary>How containers are created and reached.</summary>
public sealed class CosmosContainerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Members of messages, conclusions and recall entries that are only ever read.</summary>
    private static readonly string[] _hidden = ["content", "metadata", "text", "vector"];

    public static TheoryData<string> Names => [.. CosmosContainer.All.Select(container => container.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Content_metadata_and_vectors_are_not_indexed(string name)
    {
        var policy = Container(name).Properties().IndexingPolicy;
        Assert.Equal(["/*"], policy.ExcludedPaths.Select(path => path.Path));
        Assert.DoesNotContain(policy.IncludedPaths, path => path.Path.Contains('*') || _hidden.Any(path.Path.Contains));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Partition_keys_are_hierarchical_with_the_workspace_first_and_items_expire_only_when_they_say_so(string name)
    {
        var properties = Container(name).Properties();
        Assert.Equal("/workspace", properties.PartitionKeyPaths[0]);
        Assert.InRange(properties.PartitionKeyPaths.Count, 2, 3);
        Assert.Equal(-1, properties.DefaultTimeToLive);
    }

    [Fact]
    public void Lists_have_a_composite_index_for_each_of_their_orders() => Assert.Equal(
        ["/type /createdAt /id /observer /observed", "/type /sequence /id /observer /observed"],
        CosmosContainer.Memory.Properties().IndexingPolicy.CompositeIndexes.Select(paths => string.Join(' ', paths.Select(path => path.Path))));

    [Fact]
    public async Task Microsofts_parser_refuses_a_bad_query_before_it_is_sent()
    {
        using var gateway = new CosmosGateway(TimeProvider.System);
        using var store = gateway.Store();
        await store.EnsureCreatedAsync(Cancelled);
        var options = new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true, HttpClientFactory = () => new HttpClient(gateway, disposeHandler: false) };
        using var client = new CosmosClient(CosmosGateway.Address.AbsoluteUri, CosmosGateway.Key, options);
        using var pages = client.GetContainer("kith", "conversations").GetItemQueryStreamIterator(
            "SELECT * FRM c",
            requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKeyBuilder().Add("w").Add("s").Build(), EnableOptimisticDirectExecution = false });
        using var page = await pages.ReadNextAsync(Cancelled);
        Assert.Equal(400, (int)page.StatusCode);
        Assert.Contains("Syntax error", page.ErrorMessage);
        Assert.Empty(gateway.Taken());
    }

    [Theory]
    [InlineData("KITH_Cosmos__Endpoint", null, null)]
    [InlineData("KITH_Cosmos__Endpoint", "ftp://account", null)]
    [InlineData("KITH_Cosmos__Endpoint", "http://127.0.0.1:8081", null)]
    [InlineData("KITH_Cosmos__Key", "https://account.documents.azure.com", "secret")]
    public void Settings_that_cannot_be_used_are_refused_by_name(string setting, string? endpoint, string? key)
    {
        var refusal = Assert.Throws<KithException>(() => Options(endpoint, key));
        Assert.StartsWith(setting, refusal.Message);
        Assert.DoesNotContain("secret", refusal.Message);
    }

    [Fact]
    public void An_account_is_reached_without_a_key_and_an_emulator_with_one()
    {
        Assert.Equal("kith", Options("https://account.documents.azure.com", null).Database);
        Assert.DoesNotContain("secret", Options("http://127.0.0.1:8081", "secret").ToString());
    }

    private static CosmosContainer Container(string name) => CosmosContainer.All.Single(container => container.Name == name);

    private static CosmosOptions Options(string? endpoint, string? key) => CosmosOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Cosmos:Endpoint"] = endpoint, ["Cosmos:Key"] = key }).Build());
}
