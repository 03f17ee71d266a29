using Kith.Core.Memory;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What a retracted conclusion had ended is true again, and both clocks tell when.</summary>
public sealed class RetractionTests
{
    [Fact]
    public async Task What_only_the_retracted_one_had_ended_is_true_again_from_then_on()
    {
        await using var engine = new TestEngine();
        var (moved, retracted) = await RetractedMoveAsync(engine);

        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, Clocks.Now));
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, new Clocks(AsOf: moved.AddDays(1))));
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, new Clocks(AsOf: moved.AddDays(-1))));
        Assert.Equal(["a: lives in Rome"], await KnownAsync(engine, new Clocks(KnownAt: retracted.AddSeconds(-1))));
        Assert.Equal(["a: lives in Rome"], await KnownAsync(engine, new Clocks(AsOf: moved.AddDays(1), KnownAt: retracted.AddSeconds(-1))));
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, new Clocks(AsOf: moved.AddDays(-1), KnownAt: retracted.AddSeconds(-1))));
        Assert.Equal(["IDENTITY: a: lives in Berlin"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
        Assert.Equal(["a: lives in Berlin"], (await engine.Core.Conclusions.QueryAsync(Tenant, "a", "a", "Berlin", 10, null, null, Clocks.Now, Cancel)).Items.Select(match => match.Conclusion.Content));
    }

    [Fact]
    public async Task History_keeps_everything()
    {
        await using var engine = new TestEngine();
        await RetractedMoveAsync(engine);
        var again = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items.Single(conclusion => conclusion.IsCurrent);

        var history = await engine.Core.Conclusions.HistoryAsync(Tenant, again.Id, Cancel);

        Assert.Equal(["a: lives in Berlin", "a: lives in Rome", "a: lives in Berlin"], history.Select(conclusion => conclusion.Content));
        Assert.Equal([false, true, false], history.Select(conclusion => conclusion.RetractedAt is not null));
        Assert.Equal([null, null, history[1].Id], history.Select(conclusion => conclusion.Supersedes.Count == 0 || conclusion == history[1] ? null : conclusion.Supersedes[0]));
    }

    [Fact]
    public async Task Of_a_value_in_the_middle_the_time_goes_to_the_one_before_it()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        engine.Time.Advance(TimeSpan.FromDays(100));
        await SayAsync(engine, "t", "[home] lives in Rome");
        engine.Time.Advance(TimeSpan.FromDays(100));
        var between = engine.Time.GetUtcNow();
        engine.Time.Advance(TimeSpan.FromDays(100));
        await SayAsync(engine, "u", "[home] lives in Oslo");
        var rome = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items.Single(conclusion => conclusion.SessionId == "t");
        var before = engine.Time.GetUtcNow();
        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.Core.Conclusions.RetractAsync(Tenant, rome.Id, Cancel);

        Assert.Equal(["a: lives in Oslo"], await KnownAsync(engine, Clocks.Now));
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, new Clocks(AsOf: between)));
        Assert.Equal(["a: lives in Rome"], await KnownAsync(engine, new Clocks(AsOf: between, KnownAt: before)));
    }

    [Fact]
    public async Task A_value_that_another_conclusion_still_ends_stays_ended()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        await SayAsync(engine, "t", "[home] lives in Rome");
        await SayAsync(engine, "u", "[home] lives in Rome");
        var rome = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(Reverse: true), null, Cancel)).Items.First(conclusion => conclusion.SessionId == "t");

        await engine.Core.Conclusions.RetractAsync(Tenant, rome.Id, Cancel);

        Assert.Equal(["a: lives in Rome"], await KnownAsync(engine, Clocks.Now));
    }

    [Fact]
    public async Task What_is_true_again_ends_like_anything_else_and_repeats_are_counted()
    {
        await using var engine = new TestEngine();
        await RetractedMoveAsync(engine);
        await SayAsync(engine, "s", "[home] lives in Berlin");
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, Clocks.Now));
        Assert.Contains((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items, conclusion => conclusion is { IsCurrent: true, TimesDerived: 2 });

        await SayAsync(engine, "v", "[home] lives in Oslo");
        Assert.Equal(["a: lives in Oslo"], await KnownAsync(engine, Clocks.Now));
    }

    [Fact]
    public async Task What_was_retracted_and_said_again_twice_keeps_its_history()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        var id = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items[0].Id;
        await engine.Core.Conclusions.RetractAsync(Tenant, id, Cancel);
        await SayAsync(engine, "s", "I fish");
        await SayAsync(engine, "s", "I fish");

        Assert.NotNull((await engine.Core.Conclusions.FindAsync(Tenant, id, Cancel))!.RetractedAt);
        Assert.Equal(2, Assert.Single((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items).TimesDerived);
    }

    [Fact]
    public async Task What_a_deleted_conclusion_or_session_had_ended_is_true_again()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        await SayAsync(engine, "t", "[home] lives in Rome");
        await SayAsync(engine, "u", "[home] lives in Oslo");
        await engine.Core.Sessions.DeleteAsync(Tenant, "u", Cancel);
        await engine.DrainAsync();
        Assert.Equal(["a: lives in Rome"], await KnownAsync(engine, Clocks.Now));

        await engine.Core.Conclusions.DeleteAsync(Tenant, (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items.Single(conclusion => conclusion.IsCurrent).Id, Cancel);
        var left = Assert.Single((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items);
        Assert.Equal(("a: lives in Berlin", null, null), (left.Content, left.ValidTo, left.SupersededBy));
        Assert.Equal(["IDENTITY: a: lives in Berlin"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
    }

    [Fact]
    public async Task What_arrives_late_takes_its_place_in_the_line()
    {
        await using var engine = new TestEngine();
        var now = engine.Time.GetUtcNow();
        foreach (var (year, home) in new[] { (4, "Berlin"), (1, "Oslo"), (3, "Rome"), (2, "Bern") })
        {
            await engine.Core.Messages.AppendAsync(Tenant, "s" + year, [new("a", $"[home] lives in {home}") { CreatedAt = now.AddYears(-year) }], Cancel);
            await engine.DrainAsync();
        }

        var line = await engine.Core.Conclusions.HistoryAsync(Tenant, (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items[0].Id, Cancel);
        Assert.Equal(["a: lives in Berlin", "a: lives in Rome", "a: lives in Bern", "a: lives in Oslo"], line.Select(conclusion => conclusion.Content));
        Assert.Equal([now.AddYears(-3), now.AddYears(-2), now.AddYears(-1), null], line.Select(conclusion => conclusion.ValidTo));
        Assert.Equal([line[1].Id, line[2].Id, line[3].Id, null], line.Select(conclusion => conclusion.SupersededBy));
    }

    /// <summary>From Berlin to Rome, and Rome retracted; returns when it moved and when that was retracted.</summary>
    private static async Task<(DateTimeOffset Moved, DateTimeOffset Retracted)> RetractedMoveAsync(TestEngine engine)
    {
        await SayAsync(engine, "s", "[home] lives in Berlin");
        engine.Time.Advance(TimeSpan.FromDays(100));
        var moved = engine.Time.GetUtcNow();
        await SayAsync(engine, "t", "[home] lives in Rome");
        engine.Time.Advance(TimeSpan.FromDays(100));
        var rome = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items.Single(conclusion => conclusion.IsCurrent);
        var retracted = engine.Time.GetUtcNow();
        await engine.Core.Conclusions.RetractAsync(Tenant, rome.Id, Cancel);
        engine.Time.Advance(TimeSpan.FromDays(1));
        return (moved, retracted);
    }

    private static async Task SayAsync(TestEngine engine, string session, string text)
    {
        await engine.SayAsync(session, "a", text);
        await engine.DrainAsync();
    }

    private static async Task<IEnumerable<string>> KnownAsync(TestEngine engine, Clocks clocks) =>
        (await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a") { Clocks = clocks }, Cancel)).Select(conclusion => conclusion.Content);
}
