using Kith.Azure.Recall;
using Kith.Core.Recall;

namespace Kith.Compliance.Tests.Search;

/// <summary>The same against a real service, where <c>KITH_TEST_SEARCH_ENDPOINT</c> names one (and <c>KITH_TEST_SEARCH_KEY</c> its key, unless the process has an identity there).</summary>
public sealed class SearchLiveTests : RecallIndexCompliance
{
    protected override async Task<IRecallIndex> OpenAsync()
    {
        var endpoint = Environment.GetEnvironmentVariable("KITH_TEST_SEARCH_ENDPOINT");
        Assert.SkipWhen(string.IsNullOrEmpty(endpoint), "KITH_TEST_SEARCH_ENDPOINT names no Azure AI Search service.");
        var options = new SearchOptions { Endpoint = new Uri(endpoint!), Key = Environment.GetEnvironmentVariable("KITH_TEST_SEARCH_KEY"), IndexName = "kith-compliance" };
        var index = new SearchRecallIndex(options, Embedder, TimeProvider.System);
        await index.EnsureCreatedAsync(Cancelled);
        return new Settled(index);
    }

    protected override Task CloseAsync() => Task.CompletedTask;

    /// <summary>The suite looks at once; the service needs a moment.</summary>
    private sealed class Settled(SearchRecallIndex index) : IRecallIndex
    {
        private static readonly TimeSpan Moment = TimeSpan.FromSeconds(4);

        public async Task UpsertAsync(IReadOnlyList<RecallEntry> entries, CancellationToken cancellationToken)
        {
            await index.UpsertAsync(entries, cancellationToken);
            await Task.Delay(Moment, cancellationToken);
        }

        public async Task DeleteAsync(string workspace, RecallKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        {
            await index.DeleteAsync(workspace, kind, ids, cancellationToken);
            await Task.Delay(Moment, cancellationToken);
        }

        public async Task DeleteSessionAsync(string workspace, string session, CancellationToken cancellationToken)
        {
            await index.DeleteSessionAsync(workspace, session, cancellationToken);
            await Task.Delay(Moment, cancellationToken);
        }

        public async Task DeleteWorkspaceAsync(string workspace, CancellationToken cancellationToken)
        {
            await index.DeleteWorkspaceAsync(workspace, cancellationToken);
            await Task.Delay(Moment, cancellationToken);
        }

        public Task<IReadOnlyList<RecallKey>> ListAsync(string workspace, RecallKind kind, string? session, string? after, int limit, CancellationToken cancellationToken) =>
            index.ListAsync(workspace, kind, session, after, limit, cancellationToken);

        public Task<IReadOnlyList<RecallHit>> SearchAsync(RecallQuery query, CancellationToken cancellationToken) => index.SearchAsync(query, cancellationToken);
    }
}
