namespace Kith.Core.Tests.Engine;

public sealed class RateLimitTests
{
    private const int PerMinute = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_together_admit_no_more_than_the_limit()
    {
        await using var engine = new TestEngine();
        var other = engine.Beside();
        var admitted = await AdmittedAsync(engine, other, 200);
        Assert.InRange(admitted, PerMinute - (2 * (PerMinute / 20)), PerMinute);
        Assert.Equal(0, await AdmittedAsync(engine, other, 50));
        engine.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.InRange(await AdmittedAsync(engine, other, 200), 1, PerMinute / 2);
        engine.Time.Advance(TimeSpan.FromHours(1));
        Assert.InRange(await AdmittedAsync(engine, other, 200), PerMinute - (2 * (PerMinute / 20)), PerMinute);
    }

    [Fact]
    public async Task Callers_do_not_use_up_each_others_allowance()
    {
        await using var engine = new TestEngine();
        for (var i = 0; i < PerMinute; i++)
            await engine.Core.RateLimits.TakeAsync("one", PerMinute, Cancel);
        Assert.False((await engine.Core.RateLimits.TakeAsync("one", PerMinute, Cancel)).IsAdmitted);
        Assert.True((await engine.Core.RateLimits.TakeAsync("two", PerMinute, Cancel)).IsAdmitted);
    }

    [Fact]
    public async Task Who_is_refused_is_told_when_to_come_back_and_admitted_then()
    {
        await using var engine = new TestEngine();
        for (var i = 0; i < 6; i++)
            Assert.True((await engine.Core.RateLimits.TakeAsync("one", 6, Cancel)).IsAdmitted);
        var refused = await engine.Core.RateLimits.TakeAsync("one", 6, Cancel);
        Assert.Equal((false, 6, 0, 10), (refused.IsAdmitted, refused.Limit, refused.Remaining, refused.Seconds));
        engine.Time.Advance(TimeSpan.FromSeconds(refused.Seconds));
        Assert.True((await engine.Core.RateLimits.TakeAsync("one", 6, Cancel)).IsAdmitted);
    }

    [Fact]
    public async Task What_is_remembered_of_many_callers_is_bounded_and_costs_one_write_for_many_requests()
    {
        await using var engine = new TestEngine();
        var first = await engine.Core.RateLimits.TakeAsync("one", 1_000, Cancel);
        Assert.Equal(999, first.Remaining);
        for (var i = 0; i < 49; i++)
            await engine.Core.RateLimits.TakeAsync("one", 1_000, Cancel);
        // A process of its own draws its own lease: of the first one's 50 requests all were used, and one draw was made.
        Assert.Equal(949, (await engine.Beside().RateLimits.TakeAsync("one", 1_000, Cancel)).Remaining);
    }

    private static async Task<int> AdmittedAsync(TestEngine engine, KithEngine other, int requests)
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, requests).Select(i => (i % 2 == 0 ? engine.Core : other).RateLimits.TakeAsync("caller", PerMinute, Cancel).AsTask()));
        return decisions.Count(decision => decision.IsAdmitted);
    }
}
