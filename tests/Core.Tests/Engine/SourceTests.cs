using Kith.Core.Context;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What conclusions rest on, and what doors that show it rely on.</summary>
public sealed class SourceTests
{
    [Fact]
    public async Task A_conclusion_rests_on_the_places_of_its_messages_in_its_session()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish", "why?", "I hunt");
        await engine.DrainAsync();

        var sourced = await SourcedAsync(engine);

        Assert.Equal([("a: I fish", 1L), ("a: I hunt", 3L)], sourced.Select(found => (found.Conclusion.Content, Assert.Single(found.Sequences))));
        Assert.All(sourced, found => Assert.Empty(found.Premises));
    }

    [Fact]
    public async Task A_pattern_rests_on_its_premises()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish in rivers", "I fish in lakes");
        await engine.DrainAsync();
        var stated = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a"), Cancel);
        engine.Reasoner.Consolidation = new Consolidation([], [new Consolidation.Pattern("a fishes everywhere", [.. stated.Select(conclusion => conclusion.Id)])]);
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        await engine.DrainAsync();

        var pattern = (await SourcedAsync(engine)).Single(found => found.Conclusion.Level == Levels.Inductive);

        Assert.Equal(["a: I fish in rivers", "a: I fish in lakes"], pattern.Premises);
        Assert.Empty(pattern.Sequences);
    }

    [Fact]
    public async Task A_context_says_which_conclusions_its_representation_shows()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish in the long cold rivers of the north", "I hunt");
        await engine.DrainAsync();

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Target = "a", Tokens = 120 }, Cancel);
        var whole = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Target = "a" }, Cancel);
        var none = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s"), Cancel);

        Assert.All(context.Conclusions!, shown => Assert.Contains(shown.Content, context.Representation));
        Assert.Equal(2, whole.Conclusions!.Count);
        Assert.Null(none.Conclusions);
    }

    [Fact]
    public async Task A_context_about_nobody_is_refused_unless_that_is_allowed()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        var about = new SessionContextRequest(Tenant, "s") { Target = "nobody" };

        var refusal = await Assert.ThrowsAsync<KithException>(() => engine.Core.Contexts.OfSessionAsync(about, Cancel));
        var context = await engine.Core.Contexts.OfSessionAsync(about with { MayLackTarget = true }, Cancel);

        Assert.Equal(ErrorCode.NotFound, refusal.Code);
        Assert.Equal(("", 0), (context.Representation, context.Conclusions!.Count));
    }

    [Fact]
    public async Task A_workspace_is_deleted_with_its_active_sessions_where_that_is_asked_for()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.DrainAsync();

        var deleted = await engine.Core.Workspaces.DeleteWithSessionsAsync(Tenant, Cancel);
        await engine.DrainAsync();

        Assert.Equal(Tenant, deleted.Name);
        Assert.Null(await engine.Core.Workspaces.FindAsync(Tenant, Cancel));
        Assert.Null(await engine.Core.Sessions.FindAsync(Tenant, "s", Cancel));
        Assert.Empty(await engine.KnownAsync("a", "a"));
        Assert.Empty((await engine.Core.Peers.ListAsync(Tenant, PeerKinds.All, new Paging(), null, Cancel)).Items);
        var refusal = await Assert.ThrowsAsync<KithException>(() => engine.Core.Workspaces.DeleteWithSessionsAsync(Tenant, Cancel));
        Assert.Equal(ErrorCode.NotFound, refusal.Code);
    }

    private static async Task<IReadOnlyList<SourcedConclusion>> SourcedAsync(TestEngine engine)
    {
        var conclusions = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a"), Cancel);
        return await engine.Core.Representations.WithSourcesAsync(conclusions, Cancel);
    }
}
