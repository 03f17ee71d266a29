using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>A process that dies inside a dream loses nothing and leaves nothing twice.</summary>
public sealed class DreamDeathTests
{
    private static readonly Partition Pair = Partition.Memory(Tenant, "a", "a");

    [Fact]
    public async Task Wherever_a_dream_dies_another_process_ends_it_as_if_nothing_had_happened()
    {
        var clean = await DreamAsync(dieAfter: null);
        Assert.Equal(new DreamTally(2, 1, 1, 1), clean.Run.Changes);

        var deaths = 0;
        for (var writes = 1; ; writes++)
        {
            var interrupted = await DreamAsync(writes);
            if (!interrupted.Died)
                break;

            deaths++;
            Assert.Equal(clean.Memory, interrupted.Memory);
            Assert.Equal(clean.Found, interrupted.Found);
            Assert.Equal(clean.Card, interrupted.Card);
            Assert.Equal((1, clean.Run.Changes, clean.Run.Usage, clean.Run.CardEntries), (interrupted.Calls, interrupted.Run.Changes, interrupted.Run.Usage, interrupted.Run.CardEntries));
        }

        // Claim, answer, two merges, supersession, contradiction, pattern, end with the card.
        Assert.Equal(8, deaths);
    }

    private static async Task<Outcome> DreamAsync(int? dieAfter)
    {
        await using var engine = new TestEngine();
        foreach (var session in new[] { "s", "t", "u" })
        {
            await engine.SayAsync(session, "a", "I fish", "I swim", $"[{session}] lives in {session}", $"I dived in {session}");
            await engine.DrainAsync();
        }

        var before = await AllAsync(engine);
        engine.Reasoner.Consolidation = new Consolidation(
            [new(Id("I fish", "s"), [Id("I fish", "t")]), new(Id("I swim", "s"), [Id("I swim", "t")])],
            [new("a dives a lot", [Id("I dived in s", "s"), Id("I dived in t", "t"), Id("I dived in u", "u"), Id("I fish", "t")])])
        {
            Supersessions = [new(Id("lives in s", "s"), Id("lives in t", "t"))],
            Contradictions = [new(Id("I fish", "t"), Id("I swim", "u"), "One or the other.")],
            Usage = new ReasoningUsage(1, 500, 50),
        };
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        var died = false;
        await engine.RestartAsync(writes: dieAfter);
        try
        {
            await engine.WorkAsync(Pair);
        }
        catch (MortalStore.DeadException)
        {
            died = true;
        }

        await engine.RestartAsync();
        engine.Time.Advance(new DreamOptions().Lease);
        await engine.DrainAsync();

        var after = (await AllAsync(engine)).ToDictionary(conclusion => conclusion.Id);
        var found = await engine.Core.Conclusions.QueryAsync(Tenant, "a", "a", "fish swim lives dived dives", 50, null, null, Clocks.Now, Cancel);
        var run = Assert.Single((await engine.Core.Dreams.HistoryAsync(Tenant, "a", "a", Cancel)).Runs);
        Assert.Equal(DreamOutcome.Completed, run.Outcome);
        return new Outcome(
            died,
            engine.Reasoner.Consolidations,
            run,
            [.. after.Values.Select(Describe).Order(StringComparer.Ordinal)],
            [.. found.Items.Select(match => match.Conclusion.Content).Order(StringComparer.Ordinal)],
            await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel) ?? []);

        string Id(string words, string session) => before.Single(conclusion => conclusion.SessionId == session && conclusion.Content == $"a: {words}").Id;

        string Describe(Conclusion conclusion) => string.Join(
            '|',
            conclusion.Level,
            // The dates in a report are those of the day of the test.
            conclusion.Content,
            conclusion.SessionId,
            conclusion.TimesDerived,
            conclusion.Evidence,
            conclusion.MessageIds.Count,
            Names(conclusion.SourceIds),
            Names(conclusion.Supersedes),
            Names(conclusion.Contradicts),
            conclusion.SupersededBy is { } newer ? after[newer].Content : "",
            conclusion.ValidTo is null);

        string Names(IEnumerable<string> ids) => string.Join(',', ids.Select(id => after[id].Content + after[id].SessionId).Order(StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<Conclusion>> AllAsync(TestEngine engine) =>
        (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(Size: 100, Reverse: true), null, Cancel)).Items;

    private sealed record Outcome(bool Died, int Calls, DreamRun Run, IReadOnlyList<string> Memory, IReadOnlyList<string> Found, IReadOnlyList<string> Card);
}
