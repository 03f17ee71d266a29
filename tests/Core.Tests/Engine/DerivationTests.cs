using Kith.Core.Conversations;
using Kith.Core.Directory;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Who learns what from which message (spec honcho-engine §1.3 and §15.1).</summary>
public sealed class DerivationTests
{
    private static readonly MemberSettings Observer = new(ObserveOthers: true);

    [Fact]
    public async Task A_sender_that_is_not_observed_is_stored_and_found_but_not_derived()
    {
        await using var engine = new TestEngine();
        await engine.Core.Peers.GetOrCreateAsync(Tenant, "bot", null, Json("""{"observe_me":false}"""), Cancel);
        await engine.SayAsync("s", "bot", "The harbour opens at nine");
        await engine.DrainAsync();

        Assert.Empty(await engine.KnownAsync("bot", "bot"));
        var found = await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel);
        Assert.Equal("The harbour opens at nine", Assert.Single(found.Items).Message.Content);
    }

    [Fact]
    public async Task The_membership_setting_outranks_the_peers_own()
    {
        await using var engine = new TestEngine();
        await engine.Core.Peers.GetOrCreateAsync(Tenant, "bot", null, Json("""{"observe_me":false}"""), Cancel);
        await engine.JoinAsync("s", "bot", new MemberSettings(ObserveMe: true));
        await engine.SayAsync("s", "bot", "I sing");
        await engine.DrainAsync();

        Assert.Equal(["bot: I sing"], await engine.KnownAsync("bot", "bot"));
    }

    [Fact]
    public async Task An_observer_of_others_learns_from_them_and_they_do_not_learn_from_it()
    {
        await using var engine = new TestEngine();
        await engine.JoinAsync("s", "a");
        await engine.JoinAsync("s", "b", Observer);
        await engine.SayAsync("s", "a", "I fish");
        await engine.SayAsync("s", "b", "I hunt");
        await engine.DrainAsync();

        Assert.Equal(["a: I fish"], await engine.KnownAsync("a", "a"));
        Assert.Equal(["a: I fish"], await engine.KnownAsync("b", "a"));
        Assert.Equal(["b: I hunt"], await engine.KnownAsync("b", "b"));
        Assert.Empty(await engine.KnownAsync("a", "b"));
    }

    [Fact]
    public async Task All_observers_cost_one_call()
    {
        await using var engine = new TestEngine();
        await engine.JoinAsync("s", "b", Observer);
        await engine.JoinAsync("s", "c", Observer);
        await engine.SayAsync("s", "a", "I fish", "I swim");
        await engine.DrainAsync();

        Assert.Equal(1, engine.Reasoner.Derivations);
        Assert.Equal(2, (await engine.KnownAsync("c", "a")).Count);
    }

    [Fact]
    public async Task A_member_that_left_learns_nothing_more()
    {
        await using var engine = new TestEngine();
        await engine.JoinAsync("s", "b", Observer);
        await engine.SayAsync("s", "a", "before");
        await engine.Core.Sessions.RemoveMembersAsync(Tenant, "s", ["b"], Cancel);
        await engine.SayAsync("s", "a", "after");
        await engine.DrainAsync();

        Assert.Equal(["a: before"], await engine.KnownAsync("b", "a"));
        Assert.Equal(["a: before", "a: after"], await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task Observation_is_decided_by_the_messages_place_even_when_it_is_derived_later()
    {
        await using var engine = new TestEngine();
        await engine.JoinAsync("s", "b");
        await engine.SayAsync("s", "a", "unseen");
        await engine.Core.Sessions.SetMemberSettingsAsync(Tenant, "s", "b", Observer, Cancel);
        await engine.SayAsync("s", "a", "seen");
        await engine.DrainAsync();

        Assert.Equal(["a: seen"], await engine.KnownAsync("b", "a"));
    }

    [Fact]
    public async Task A_message_with_reasoning_off_is_skipped_and_its_neighbours_are_not()
    {
        await using var engine = new TestEngine();
        NewMessage[] messages =
        [
            new("a", "one"),
            new("a", "two") { Configuration = Json("""{"reasoning":{"enabled":false}}""") },
            new("a", "three"),
        ];
        await engine.Core.Messages.AppendAsync(Tenant, "s", messages, Cancel);
        await engine.DrainAsync();

        Assert.Equal(["a: one", "a: three"], await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task Each_statement_rests_on_its_own_message()
    {
        await using var engine = new TestEngine();
        var messages = await engine.SayAsync("s", "a", "one", "two");
        await engine.DrainAsync();

        var conclusions = await engine.Core.Conclusions.ListAsync(Tenant, new Paging(Reverse: true), null, Cancel);
        Assert.Equal([[messages[0].Id], [messages[1].Id]], conclusions.Items.Select(conclusion => conclusion.MessageIds));
    }

    [Fact]
    public async Task The_same_words_in_the_same_session_are_counted_and_in_another_session_stored_again()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.DrainAsync();
        await engine.SayAsync("s", "a", "I fish");
        await engine.SayAsync("t", "a", "I fish");
        await engine.DrainAsync();

        var conclusions = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items;
        Assert.Equal(2, Assert.Single(conclusions, conclusion => conclusion.SessionId == "s").TimesDerived);
        Assert.Equal(2, Assert.Single(conclusions, conclusion => conclusion.SessionId == "s").MessageIds.Count);
        Assert.Equal(1, Assert.Single(conclusions, conclusion => conclusion.SessionId == "t").TimesDerived);
    }

    [Fact]
    public async Task A_richer_near_repeat_replaces_the_poorer_one_and_keeps_its_sources()
    {
        await using var engine = new TestEngine();
        const string poor = "I went to the old lighthouse by the northern sea with my brother Karl and his two dogs last summer and we stayed there for three whole weeks";
        await engine.SayAsync("s", "a", poor);
        await engine.DrainAsync();
        await engine.SayAsync("s", "a", poor + " happily");
        await engine.DrainAsync();

        var conclusion = Assert.Single((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items);
        Assert.EndsWith("happily", conclusion.Content, StringComparison.Ordinal);
        Assert.Equal(2, conclusion.TimesDerived);
        Assert.Equal(2, conclusion.MessageIds.Count);
    }

    [Fact]
    public async Task A_newer_value_of_an_exclusive_slot_supersedes_the_older_and_history_stays()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "[home] lives in Berlin");
        await engine.DrainAsync();
        await engine.SayAsync("t", "a", "[home] lives in Rome");
        await engine.DrainAsync();

        Assert.Equal(["a: lives in Rome"], await engine.KnownAsync("a", "a"));
        Assert.Equal(["IDENTITY: a: lives in Rome"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
        Assert.Equal(2, (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Total);
    }

    [Fact]
    public async Task An_older_value_that_arrives_late_does_not_supersede_the_newer_one()
    {
        await using var engine = new TestEngine();
        var now = engine.Time.GetUtcNow();
        await engine.Core.Messages.AppendAsync(Tenant, "s", [new("a", "[home] lives in Rome") { CreatedAt = now }], Cancel);
        await engine.DrainAsync();
        await engine.Core.Messages.AppendAsync(Tenant, "s", [new("a", "[home] lives in Berlin") { CreatedAt = now.AddYears(-3) }], Cancel);
        await engine.DrainAsync();

        Assert.Equal(["a: lives in Rome"], await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task A_repeated_step_changes_nothing()
    {
        await using var engine = new TestEngine();
        await engine.JoinAsync("s", "b", Observer);
        await engine.SayAsync("s", "a", "I fish", "I swim", "[home] lives in Rome");
        var partition = Storage.Partition.Conversation(Tenant, "s");
        var steps = await engine.Core.Planner.PlanAsync(partition, Cancel);
        foreach (var step in steps.Concat(steps).Concat(steps))
            await engine.Core.Runner.RunAsync(step, Cancel);

        Assert.Equal(1, engine.Reasoner.Derivations);
        var conclusions = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items;
        Assert.Equal(6, conclusions.Count);
        Assert.All(conclusions, conclusion => Assert.Equal(1, conclusion.TimesDerived));
    }

    [Fact]
    public async Task A_human_card_is_not_touched_by_derivation()
    {
        await using var engine = new TestEngine();
        await engine.Core.PeerCards.SetAsync(Tenant, "a", "a", ["Name: Alice"], Cancel);
        await engine.SayAsync("s", "a", "[home] lives in Rome");
        await engine.DrainAsync();

        Assert.Equal(["Name: Alice"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
    }
}
