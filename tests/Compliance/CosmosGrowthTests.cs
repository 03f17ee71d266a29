using Kith.Compliance.Tests.Cosmos;
using Kith.Core.Conversations;
using Kith.Core.Storage;

namespace Kith.Compliance.Tests;

/// <summary>
/// A logical partition holds 20 GB; what shares a whole partition key lies in one. So a workspace may be of any size as long as none of its logical partitions
/// grows with it: sessions and pairs, the second and third level, do not, and lists of a workspace grow by an entry (docs/decisions/0006-cosmos-documents.md).
/// </summary>
public sealed class CosmosGrowthTests : IAsyncLifetime
{
    private const string Workspace = "large";
    private const int Sessions = 12;

    /// <summary>Of a session and its two peers, in the directory's lists: 20 GB hold more than five million of them.</summary>
    private const int EntryBytes = 4_096;

    private CosmosEngine _engine = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await CosmosEngine.StartAsync(Cancelled);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData("conversations")]
    [InlineData("memory")]
    public async Task Twice_the_sessions_are_twice_the_logical_partitions_and_none_is_larger(string container)
    {
        await TalkAsync(0, Sessions);
        var before = _engine.Gateway.Sizes(container);
        await TalkAsync(Sessions, Sessions);
        var after = _engine.Gateway.Sizes(container);
        Assert.Equal(2 * before.Count, after.Count);
        Assert.InRange(before.Count, Sessions, 4 * Sessions);
        Assert.All(before, partition => Assert.Equal(partition.Value, after[partition.Key]));
    }

    [Fact]
    public async Task Lists_of_the_workspace_grow_by_an_entry_and_no_other_partition_of_the_directory_grows()
    {
        await TalkAsync(0, Sessions);
        var before = _engine.Gateway.Sizes("directory");
        await TalkAsync(Sessions, Sessions);
        var after = _engine.Gateway.Sizes("directory");
        var grown = before.Where(partition => after[partition.Key] > partition.Value).Select(partition => after[partition.Key] - partition.Value).ToList();
        Assert.InRange(grown.Count, 1, 3);
        Assert.All(grown, bytes => Assert.InRange(bytes, 1, Sessions * EntryBytes));
    }

    private async Task TalkAsync(int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            await _engine.Engine.Messages.AppendAsync(
                Workspace, $"session-{i}", [.. Enumerable.Range(0, 4).Select(turn => new NewMessage(turn % 2 == 0 ? $"ann-{i}" : $"bob-{i}", $"I have {turn + 2} cats."))], Cancelled);
            await _engine.WorkAsync(Partition.Conversation(Workspace, $"session-{i}"), Cancelled);
        }
    }
}
