using Kith.Azure.Recall;
using Kith.Core;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Local.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Compliance.Tests.Search;

public sealed class SearchOptionsTests
{
    [Fact]
    public void Nothing_configured_is_recall_without_a_service() => Assert.Null(From().Endpoint);

    [Fact]
    public void Every_setting_is_read()
    {
        var options = From(
            ("Endpoint", "https://kith.search.windows.net"), ("IndexName", "mine"), ("Semantic", "true"), ("ClientId", "id"), ("Retries", "2"), ("RetryDelay", "0.5"), ("AttemptTimeout", "3"));
        var expected = new SearchOptions
        {
            Endpoint = new Uri("https://kith.search.windows.net"),
            IndexName = "mine",
            Semantic = true,
            ClientId = "id",
            Retries = 2,
            RetryDelay = TimeSpan.FromSeconds(0.5),
            AttemptTimeout = TimeSpan.FromSeconds(3),
        };
        Assert.Equal(expected, options);
    }

    [Theory]
    [InlineData("Endpoint", "http://kith.search.windows.net")]
    [InlineData("Endpoint", "kith")]
    [InlineData("Semantic", "perhaps")]
    [InlineData("Retries", "-1")]
    [InlineData("AttemptTimeout", "0")]
    [InlineData("RetryDelay", "soon")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value)
    {
        var failure = Assert.Throws<KithException>(() => From((name, value)));
        Assert.Equal(ErrorCode.Invalid, failure.Code);
        Assert.StartsWith($"KITH_Search__{name} ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_not_shown() =>
        Assert.DoesNotContain("secret", From(("Endpoint", "https://kith.search.windows.net"), ("Key", "secret")).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, typeof(ScanRecallIndex))]
    [InlineData("https://kith.search.windows.net", typeof(SearchRecallIndex))]
    public async Task Registration_chooses_the_service_where_one_is_named(string? endpoint, Type expected)
    {
        var folder = Directory.CreateTempSubdirectory("kith-options-").FullName;
        await using (var store = new SqliteDocumentStore(folder, TimeProvider.System))
        {
            var services = new ServiceCollection()
                .AddSingleton<IDocumentStore>(store)
                .AddSingleton<IEmbedder>(new HashedEmbedder())
                .AddSingleton(TimeProvider.System)
                .AddAzureRecall(endpoint is null ? From() : From(("Endpoint", endpoint)));
            await using var provider = services.BuildServiceProvider();
            Assert.IsType(expected, provider.GetRequiredService<IRecallIndex>());
        }

        Directory.Delete(folder, recursive: true);
    }

    private static SearchOptions From(params (string Name, string Value)[] settings) => SearchOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Search:{setting.Name}", (string?)setting.Value))).Build());
}
