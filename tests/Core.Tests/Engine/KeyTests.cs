using Kith.Core.Access;
using Kith.Core.Storage;

namespace Kith.Core.Tests.Engine;

public sealed class KeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revocation_holds_in_other_processes_within_a_minute()
    {
        await using var engine = new TestEngine();
        var other = engine.Beside();
        await engine.JoinAsync("s", "anna");
        var (key, token) = await engine.Core.Keys.CreateAsync(new NewKey("n", TestEngine.Tenant), Cancel);
        Assert.NotNull(await other.Keys.FindAsync(token, Cancel));
        await engine.Core.Keys.RevokeAsync(TestEngine.Tenant, key.Id, Cancel);
        Assert.Null(await engine.Core.Keys.FindAsync(token, Cancel));
        engine.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(await other.Keys.FindAsync(token, Cancel));
    }

    [Fact]
    public async Task A_key_is_looked_up_once_in_a_while_and_its_use_written_down_more_seldom()
    {
        await using var engine = new TestEngine();
        await engine.JoinAsync("s", "anna");
        var (key, token) = await engine.Core.Keys.CreateAsync(new NewKey("n", TestEngine.Tenant), Cancel);
        await engine.Core.Keys.FindAsync(token, Cancel);
        var first = (await engine.Core.Keys.GetAsync(TestEngine.Tenant, key.Id, Cancel)).LastUsedAt;
        engine.Time.Advance(TimeSpan.FromMinutes(4));
        await engine.Core.Keys.FindAsync(token, Cancel);
        Assert.Equal(first, (await engine.Core.Keys.GetAsync(TestEngine.Tenant, key.Id, Cancel)).LastUsedAt);
        engine.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.Core.Keys.FindAsync(token, Cancel);
        Assert.True((await engine.Core.Keys.GetAsync(TestEngine.Tenant, key.Id, Cancel)).LastUsedAt > first);
    }

    [Fact]
    public async Task A_key_of_one_workspace_is_not_found_in_another_and_goes_with_its_own()
    {
        await using var engine = new TestEngine();
        await engine.Core.Workspaces.GetOrCreateAsync(TestEngine.Tenant, null, null, Cancel);
        var (key, token) = await engine.Core.Keys.CreateAsync(new NewKey("n", TestEngine.Tenant), Cancel);
        await Assert.ThrowsAsync<KithException>(() => engine.Core.Keys.GetAsync("other", key.Id, Cancel));
        Assert.Null(await engine.Core.Keys.FindAsync(token[..^TestEngine.Tenant.Length] + "other", Cancel));
        await engine.Core.Workspaces.DeleteAsync(TestEngine.Tenant, Cancel);
        await engine.DrainAsync();
        Assert.Equal(0, await engine.Core.Store.CountAsync(Partition.Directory(TestEngine.Tenant, "$workspace"), new Query(Key.DocumentType), Cancel));
    }
}
