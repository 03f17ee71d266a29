using Kith.Core.Reasoning;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Messages are gathered for a reasoner that wants it, and for no longer than it says.</summary>
public sealed class DebounceTests
{
    private static readonly Partition Session = Partition.Conversation(Tenant, "s");

    private static readonly Debounce Gathering = Debounce.Standard;

    [Fact]
    public async Task A_reasoner_that_gathers_nothing_derives_at_once()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.WorkAsync(Session);

        Assert.Equal(["a: I fish"], await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task A_short_message_waits_until_the_session_is_idle_and_is_due_then()
    {
        await using var engine = Gather();
        await engine.SayAsync("s", "a", "I fish");
        await engine.WorkAsync(Session);
        Assert.Equal(0, engine.Reasoner.Derivations);
        Assert.Empty(await engine.Core.Planner.PlanAsync(Session, Cancel));
        Assert.False(await IsDueAsync(engine, engine.Time.GetUtcNow() + TimeSpan.FromSeconds(19)));

        engine.Time.Advance(Gathering.Idle);
        Assert.True(await IsDueAsync(engine, engine.Time.GetUtcNow()));
        await engine.WorkAsync(Session);
        Assert.Equal(["a: I fish"], await engine.KnownAsync("a", "a"));
        Assert.False(await IsDueAsync(engine, DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_new_message_restarts_the_wait_and_all_of_them_cost_one_call()
    {
        await using var engine = Gather();
        foreach (var text in new[] { "I fish", "I swim", "I dive" })
        {
            await engine.SayAsync("s", "a", text);
            await engine.WorkAsync(Session);
            engine.Time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal(0, engine.Reasoner.Derivations);
        engine.Time.Advance(TimeSpan.FromSeconds(5));
        await engine.WorkAsync(Session);
        Assert.Equal(3, Assert.Single(engine.Reasoner.Derived).Count);
    }

    [Fact]
    public async Task A_trickle_does_not_wait_for_ever()
    {
        await using var engine = Gather();
        for (var i = 0; i < 6; i++)
        {
            await engine.SayAsync("s", "a", $"fact {i}");
            await engine.WorkAsync(Session);
            engine.Time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal(1, engine.Reasoner.Derivations);
        Assert.Equal(5, (await engine.KnownAsync("a", "a")).Count);
    }

    [Fact]
    public async Task Enough_tokens_do_not_wait()
    {
        await using var engine = Gather();
        await engine.SayAsync("s", "a", string.Join(' ', Enumerable.Repeat("fish", 300)));
        await engine.WorkAsync(Session);
        Assert.Equal(0, engine.Reasoner.Derivations);
        await engine.SayAsync("s", "a", string.Join(' ', Enumerable.Repeat("whale", 300)));
        await engine.WorkAsync(Session);

        Assert.Equal(1, engine.Reasoner.Derivations);
    }

    [Fact]
    public async Task A_flush_derives_what_is_there_also_after_a_restart_and_what_comes_later_waits_again()
    {
        await using var engine = Gather();
        await engine.SayAsync("s", "a", "I fish");
        await engine.WorkAsync(Session);
        await engine.Core.Queues.FlushAsync(Tenant, "s", Cancel);
        await engine.RestartAsync();
        Assert.True(await IsDueAsync(engine, engine.Time.GetUtcNow()));
        await engine.WorkAsync(Session);
        Assert.Equal(["a: I fish"], await engine.KnownAsync("a", "a"));

        await engine.SayAsync("s", "a", "I swim");
        await engine.WorkAsync(Session);
        Assert.Equal(1, engine.Reasoner.Derivations);
    }

    [Fact]
    public async Task A_flush_of_an_unknown_session_is_refused_and_of_an_idle_one_does_nothing()
    {
        await using var engine = Gather();
        await engine.JoinAsync("s", "a");
        await engine.DrainAsync();
        await engine.Core.Queues.FlushAsync(Tenant, "s", Cancel);

        Assert.False(await IsDueAsync(engine, DateTimeOffset.MaxValue));
        var refusal = await Assert.ThrowsAsync<KithException>(() => engine.Core.Queues.FlushAsync(Tenant, "nowhere", Cancel));
        Assert.Equal(ErrorCode.NotFound, refusal.Code);
    }

    [Fact]
    public async Task Search_and_summaries_do_not_wait_and_waiting_messages_are_pending()
    {
        await using var engine = Gather();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 20).Select(i => $"fact {i}")]);
        await engine.WorkAsync(Session);

        var marks = await Watermarks.OfAsync(engine.Core.Store, Session, Cancel);
        Assert.Equal((20, 20, 0), (marks.Indexed, marks.ShortSummarised, marks.Derived));
        Assert.Equal(new WorkUnits(21, 1, 0, 20, 0), (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units);
        engine.Time.Advance(Gathering.Idle);
        await engine.WorkAsync(Session);
        Assert.Equal(0, (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units.Pending);
    }

    [Fact]
    public async Task The_time_that_a_client_gives_a_message_neither_hurries_nor_delays_it()
    {
        await using var engine = Gather();
        var now = engine.Time.GetUtcNow();
        await engine.Core.Messages.AppendAsync(Tenant, "s", [new("a", "old") { CreatedAt = now.AddYears(-3) }, new("a", "new") { CreatedAt = now.AddYears(3) }], Cancel);
        await engine.WorkAsync(Session);
        Assert.Equal(0, engine.Reasoner.Derivations);
        engine.Time.Advance(Gathering.Idle);
        await engine.WorkAsync(Session);
        Assert.Equal(1, engine.Reasoner.Derivations);
    }

    [Fact]
    public async Task The_message_before_gives_the_context()
    {
        await using var engine = Gather();
        await engine.SayAsync("s", "b", "What do you do on Sundays?");
        engine.Time.Advance(Gathering.Idle);
        await engine.WorkAsync(Session);
        await engine.SayAsync("s", "a", "I fish");
        engine.Time.Advance(Gathering.Idle);
        await engine.WorkAsync(Session);

        Assert.Equal(["What do you do on Sundays?", "I fish"], engine.Reasoner.Derived[^1].Select(turn => turn.Content));
    }

    private static async Task<bool> IsDueAsync(TestEngine engine, DateTimeOffset before) =>
        (await engine.Core.Store.DueAsync(Tenant, before, 10, Cancel)).Any(due => due.Partition == Session);

    private static TestEngine Gather() => new(new ScriptedReasoner { Debounce = Gathering });
}
