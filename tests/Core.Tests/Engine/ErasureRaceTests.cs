using System.Text;
using Kith.Core.Erasing;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Erasures in the middle of everything that the worker does: at each of its writes, on its way there, and where the worker dies right after it.</summary>
public sealed class ErasureRaceTests
{
    [Theory]
    [InlineData(ErasureKind.Peer, false)]
    [InlineData(ErasureKind.Peer, true)]
    [InlineData(ErasureKind.Message, false)]
    [InlineData(ErasureKind.Message, true)]
    [InlineData(ErasureKind.Session, false)]
    [InlineData(ErasureKind.Session, true)]
    [InlineData(ErasureKind.Workspace, false)]
    [InlineData(ErasureKind.Workspace, true)]
    public async Task Nothing_comes_back_whenever_in_the_work_it_is_erased(ErasureKind kind, bool dies)
    {
        for (var writes = 0; await RaceAsync(kind, writes, dies); writes++)
        {
            // Until the work has fewer writes than that.
        }
    }

    /// <summary>False when the work was done before.</summary>
    private static async Task<bool> RaceAsync(ErasureKind kind, int writes, bool dies)
    {
        var reasoner = new ScriptedReasoner { Dream = (request, _) => Task.FromResult(Patterns(request)) };
        await using var engine = new TestEngine(reasoner, dreams: new DreamOptions { Threshold = 3, Most = 3, MinInterval = TimeSpan.Zero });
        var store = default(WatchedStore)!;
        await engine.RestartAsync(around: inner => store = new WatchedStore(inner));
        await engine.JoinAsync("s", "bob", new(ObserveOthers: true));
        var said = new List<string>();
        for (var i = 0; i < 21; i++)
            said.Add((await engine.SayAsync("s", i % 3 == 0 ? "bob" : "alice", i % 3 == 0 ? $"Well {i}" : $"[slot{i}] My secret is zyzzyvaq{(char)('a' + i)}q"))[0].Id);
        var target = kind switch
        {
            ErasureKind.Peer => new ErasureTarget(kind, Peer: "alice"),
            ErasureKind.Message => new ErasureTarget(kind, "s", said[1]),
            ErasureKind.Session => new ErasureTarget(kind, "s"),
            _ => new ErasureTarget(kind),
        };
        var beside = engine.Beside();
        var asked = default(Erasure);
        store.Watch(writes, EraseAsync, dies);
        try
        {
            await WorkAsync(engine);
        }
        catch (MortalStore.DeadException)
        {
            await engine.RestartAsync();
        }

        if (asked is null)
            return false;
        await WorkAsync(engine);

        var receipt = await engine.Core.Erasures.GetAsync(Tenant, asked.Id, Cancel);
        var proof = await engine.Core.Erasures.ProveAsync(Tenant, asked.Id, Cancel);
        Assert.True(receipt.State == ErasureState.Completed, $"{writes} writes: {receipt.State} {receipt.Reason} {string.Join(", ", receipt.Remaining)}");
        Assert.True(proof.Remaining.Count == 0, $"{writes} writes left {string.Join(", ", proof.Remaining)}");
        await engine.Core.Store.ScrubAsync(engine.Time.GetUtcNow(), Cancel);
        var secret = Encoding.UTF8.GetBytes(kind == ErasureKind.Message ? "zyzzyvaqbq" : "zyzzyvaq");
        foreach (var file in System.IO.Directory.EnumerateFiles(engine.Folder, "*.db*"))
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(secret) < 0, $"{writes} writes: {Path.GetFileName(file)}");
        return true;

        // Another process does it, as far as it comes without waiting.
        async Task EraseAsync()
        {
            asked = await beside.Erasures.StartAsync(Tenant, target, Cancel);
            while (await beside.Planner.PlanAsync(asked.Partition, Cancel) is { Count: > 0 } steps)
            {
                foreach (var step in steps)
                    await beside.Runner.RunAsync(step, Cancel);
            }
        }
    }

    /// <summary>As the worker does: what cannot be done now is tried again.</summary>
    private static async Task WorkAsync(TestEngine engine)
    {
        for (var round = 0; round < 200; round++)
        {
            var due = await engine.Core.Store.DueAsync(null, engine.Time.GetUtcNow() + TimeSpan.FromMinutes(5), 1000, Cancel);
            if (due.Count == 0)
                return;
            engine.Time.Advance(TimeSpan.FromSeconds(40));
            foreach (var partition in due.Select(item => item.Partition).Distinct())
            {
                try
                {
                    foreach (var step in await engine.Core.Planner.PlanAsync(partition, Cancel))
                        await engine.Core.Runner.RunAsync(step, Cancel);
                }
                catch (KithException exception) when (exception.Code == ErrorCode.Unavailable)
                {
                    // Again in the next round.
                }
            }
        }

        Assert.Fail("Work never ends.");
    }

    private static Consolidation Patterns(ConsolidationRequest request)
    {
        string[] ids = [.. request.Conclusions.Take(2).Select(conclusion => conclusion.Id)];
        return ids.Length < 2 ? new Consolidation([], []) : new Consolidation([], [new Consolidation.Pattern("Keeps secrets", ids)]);
    }
}
