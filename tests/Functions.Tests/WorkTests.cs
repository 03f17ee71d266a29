using Kith.Core;
using Kith.Core.Rebuilding;
using Kith.Core.Storage;
using Kith.Core.Work;
using Kith.Functions.Double;
using Kith.Functions.Orchestrations;
using Kith.Functions.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Functions.Tests;

/// <summary>Hints, orchestrations and activities on the real engine: what they come to is what the store says, whatever happens to them.</summary>
public sealed class WorkTests
{
    private static readonly string[] Said = ["I live in Rome.", "I love espresso.", "I work as a nurse.", "My sister is called Ada."];

    private static CancellationToken Cancel => TestHost.Cancel;

    private static Partition Session(string name) => Partition.Conversation("w", name);

    [Fact]
    public async Task A_message_is_worked_on_by_one_orchestration_of_its_session()
    {
        await using var host = await TestHost.StartAsync();
        await host.SayAsync("s", Said);
        await host.IdleAsync();

        Assert.Equal(0, await host.PendingAsync());
        Assert.NotEmpty(await host.KnownAsync());
        var runs = host.Functions.Durable.Runs;
        Assert.Contains(nameof(SessionOrchestration), runs);
        Assert.Contains("Derive", runs);
        Assert.Contains("Index", runs);
        Assert.Equal("Plan", runs[^1]);
    }

    [Fact]
    public async Task Without_any_hint_the_sweep_finds_the_same()
    {
        var expected = await UndisturbedAsync();
        await using var host = await TestHost.StartAsync();
        host.Functions.Queue.IsLossy = true;
        await host.SayAsync("s", Said);
        await host.IdleAsync();
        Assert.Empty(host.Functions.Durable.Runs);

        host.Functions.Queue.IsLossy = false;
        await host.Functions.RunTimerAsync("LagSweep");
        await host.IdleAsync();

        Assert.Equal(0, await host.PendingAsync());
        Assert.Equal(expected, await host.KnownAsync());
    }

    [Fact]
    public async Task Hints_delivered_twice_and_out_of_order_come_to_the_same()
    {
        var expected = await UndisturbedAsync();
        await using var host = await TestHost.StartAsync();
        (host.Functions.Queue.Deliveries, host.Functions.Queue.IsReversed) = (2, true);
        foreach (var text in Said)
            await host.SayAsync("s", text);
        await host.IdleAsync();

        Assert.Equal(0, await host.PendingAsync());
        Assert.Equal(expected, await host.KnownAsync());
        Assert.Empty(host.Functions.Queue.Poisoned);
    }

    [Theory]
    [InlineData(ActivityFate.DiesBefore)]
    [InlineData(ActivityFate.DiesAfter)]
    public async Task A_process_that_dies_at_every_activity_comes_to_the_same(ActivityFate fate)
    {
        var expected = await UndisturbedAsync();
        await using var host = await TestHost.StartAsync();
        host.Functions.Durable.Fate = (_, _, begun) => begun == 0 ? fate : ActivityFate.Runs;
        await host.SayAsync("s", Said);
        await host.IdleAsync();

        Assert.Equal(0, await host.PendingAsync());
        Assert.Equal(expected, await host.KnownAsync());
    }

    [Fact]
    public async Task A_hint_that_comes_while_its_orchestration_runs_wakes_it()
    {
        var (entered, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var reasoner = new GatedReasoner
        {
            Before = _ =>
            {
                entered.TrySetResult();
                return goOn.Task;
            },
        };
        await using var host = await TestHost.StartAsync(reasoner);
        await host.SayAsync("s", Said[0]);
        await entered.Task.WaitAsync(Cancel);
        var starts = Starts(host);
        await host.SayAsync("s", Said[1..]);
        await NoHintsAsync(host);
        goOn.SetResult();
        await host.IdleAsync();

        Assert.Equal(0, await host.PendingAsync());
        Assert.Equal(await UndisturbedAsync(), await host.KnownAsync());
        Assert.Equal(starts, Starts(host));
    }

    [Fact]
    public async Task A_hint_that_comes_after_its_orchestration_ended_starts_it_anew()
    {
        await using var host = await TestHost.StartAsync();
        foreach (var text in Said)
        {
            var starts = Starts(host);
            await host.SayAsync("s", text);
            await host.IdleAsync();
            Assert.True(Starts(host) > starts);
        }

        Assert.Equal(0, await host.PendingAsync());
    }

    [Fact]
    public async Task A_hint_that_is_lost_between_the_last_plan_and_the_end_costs_until_the_sweep()
    {
        await using var host = await TestHost.StartAsync();
        await host.SayAsync("s", Said[0]);
        await host.IdleAsync();
        var late = new Lazy<Task>(async () =>
        {
            await host.SayAsync("s", Said[2..]);
            await NoHintsAsync(host);
        });
        host.Functions.Durable.BeforeEnd = name => name == nameof(SessionOrchestration) ? late.Value : Task.CompletedTask;
        await host.SayAsync("s", Said[1]);
        await host.IdleAsync();
        Assert.NotEqual(0, await host.PendingAsync());

        await host.Functions.RunTimerAsync("LagSweep");
        await host.IdleAsync();

        Assert.Equal(0, await host.PendingAsync());
        Assert.Equal(await UndisturbedAsync(), await host.KnownAsync());
    }

    [Fact]
    public async Task Hints_that_come_at_once_start_one_orchestration()
    {
        var goOn = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new GatedReasoner { Before = _ => goOn.Task });
        host.Functions.Queue.IsLossy = true;
        await host.SayAsync("s", Said);
        var start = new WorkStart(host.Engine);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => start.StartOrWakeAsync(host.Functions.Durable, WorkText.Of(Session("s")), Cancel))));
        goOn.SetResult();
        await host.IdleAsync();

        Assert.Single(host.Functions.Durable.Runs, nameof(SessionOrchestration));
        Assert.Equal(0, await host.PendingAsync());
    }

    [Fact]
    public async Task Nothing_is_started_for_a_hint_of_which_nothing_is_due()
    {
        await using var host = await TestHost.StartAsync();
        await host.SayAsync("s", Said);
        await host.IdleAsync();
        var before = host.Functions.Durable.Runs.Count;
        host.Functions.Queue.Send(WorkText.Of(Session("s")));
        host.Functions.Queue.Send(WorkText.Of(Session("nobody")));
        await host.IdleAsync();

        Assert.Equal(before, host.Functions.Durable.Runs.Count);
    }

    [Fact]
    public async Task A_hint_that_can_neither_start_nor_wake_is_delivered_again_and_then_recorded()
    {
        await using var host = await TestHost.StartAsync();
        host.Functions.Durable.IsAway = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => new WorkStart(host.Engine).StartOrWakeAsync(host.Functions.Durable, WorkText.Of(Session("s")), Cancel));
        await host.SayAsync("s", Said);
        await host.IdleAsync();

        Assert.Contains(WorkText.Of(Session("s")), host.Functions.Queue.Poisoned);
        var failed = Assert.Single(await FailedAsync(host, "s"));
        Assert.Equal("start", failed.GetProperty("kind").GetString());
        Assert.Equal("s", failed.GetProperty("session").GetString());

        host.Functions.Durable.IsAway = false;
        await host.Functions.RunTimersAsync();
        await host.IdleAsync();
        Assert.Equal(0, await host.PendingAsync());
        Assert.Equal(await UndisturbedAsync(), await host.KnownAsync());
    }

    [Fact]
    public async Task A_message_that_is_no_hint_is_dropped_from_the_poison_queue()
    {
        await using var host = await TestHost.StartAsync();
        host.Functions.Queue.Send("not a hint");
        await host.IdleAsync();

        Assert.Equal("not a hint", Assert.Single(host.Functions.Queue.Poisoned));
        Assert.Empty(host.Functions.Durable.Runs);
    }

    [Fact]
    public async Task A_step_that_cannot_succeed_is_recorded_and_later_work_goes_on()
    {
        var calls = 0;
        var reasoner = new GatedReasoner { Before = _ => ++calls == 1 ? throw new KithException(ErrorCode.Invalid, "The model refuses") : Task.CompletedTask };
        await using var host = await TestHost.StartAsync(reasoner);
        await host.SayAsync("s", Said[0]);
        await host.IdleAsync();
        await host.SayAsync("s", Said[1..]);
        await host.IdleAsync();

        Assert.Equal(0, await host.PendingAsync());
        var failed = Assert.Single(await FailedAsync(host, "s"));
        Assert.Equal("derive", failed.GetProperty("kind").GetString());
        Assert.Equal("The model refuses", failed.GetProperty("reason").GetString());
        Assert.NotEmpty(await host.KnownAsync());
    }

    [Fact]
    public async Task A_step_that_a_retry_cures_is_tried_again_with_longer_and_longer_pauses()
    {
        var calls = 0;
        var pauses = new List<TimeSpan>();
        var reasoner = new GatedReasoner { Before = _ => ++calls <= 3 ? throw new KithException(ErrorCode.Unavailable, "Throttled") : Task.CompletedTask };
        await using var host = await TestHost.StartAsync(reasoner);
        host.Functions.Durable.Pause = pause =>
        {
            lock (pauses)
                pauses.Add(pause);
            return Task.CompletedTask;
        };
        await host.SayAsync("s", Said);
        await host.IdleAsync();

        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)], pauses);
        Assert.Equal(0, await host.PendingAsync());
        Assert.Empty(await FailedAsync(host, "s"));
    }

    [Fact]
    public async Task A_step_that_no_retry_helps_stays_due_and_nothing_is_given_up()
    {
        var isAway = true;
        var reasoner = new GatedReasoner { Before = _ => isAway ? throw new KithException(ErrorCode.Unavailable, "Away") : Task.CompletedTask };
        await using var host = await TestHost.StartAsync(reasoner);
        await host.SayAsync("s", Said);
        await host.IdleAsync();
        Assert.NotEqual(0, await host.PendingAsync());
        Assert.Empty(await FailedAsync(host, "s"));
        var waiting = await host.Client.GetStringAsync("/v1/workspaces/w/sessions/s/messages/states", Cancel);
        Assert.Contains("\"retrying\"", waiting, StringComparison.Ordinal);

        isAway = false;
        await host.Functions.RunTimerAsync("LagSweep");
        await host.IdleAsync();
        Assert.Equal(0, await host.PendingAsync());
        Assert.Equal(await UndisturbedAsync(), await host.KnownAsync());
        Assert.DoesNotContain("\"retrying\"", await host.Client.GetStringAsync("/v1/workspaces/w/sessions/s/messages/states", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 10)]
    [InlineData(15, 20)]
    [InlineData(1_000, 180)]
    public void The_pause_that_is_told_is_the_one_that_the_orchestration_makes(int failing, int pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), Retries.Pause("Derive", TimeSpan.FromSeconds(failing)));

    /// <summary>What never succeeds comes first, and there may be much of it.</summary>
    [Fact]
    public async Task The_sweep_finds_all_that_is_due_however_much_it_is()
    {
        const int Many = 1_200;
        await using var host = await TestHost.StartAsync();
        await Parallel.ForAsync(0, Many, Cancel, async (i, cancelled) =>
        {
            var body = System.Text.Encoding.UTF8.GetBytes($$"""{"type":"stuck","dueAt":"{{Timestamp.Of(DateTimeOffset.UtcNow)}}"}""");
            await host.Engine.Store.ExecuteAsync(Partition.Work("w", $"place{i}"), [new Operation.Create("it", body)], cancelled);
        });
        var late = System.Text.Encoding.UTF8.GetBytes($$"""{"type":"dream","dueAt":"{{Timestamp.Of(DateTimeOffset.UtcNow)}}"}""");
        await host.Engine.Store.ExecuteAsync(Partition.Memory("w", "a", "a"), [new Operation.Create("it", late)], Cancel);

        var hints = new HintLog();
        var sweep = new Sweep(host.Engine, host.Functions.Services.GetRequiredService<Core.Recall.IRecallIndex>(), hints, TimeProvider.System);
        await sweep.RunAsync([Container.Work], Cancel);
        Assert.Equal(Many, hints.Places.Where(place => place.Workspace == "w").Distinct().Count());
        await sweep.RunAsync([Container.Memory], Cancel);
        Assert.Equal(Many + 1, hints.Places.Where(place => place.Workspace == "w").Distinct().Count());
        Assert.Equal(hints.Places.Distinct().Count(), hints.Places.Count);
    }

    [Fact]
    public async Task A_long_conversation_starts_its_orchestrations_history_over()
    {
        var plans = 0;
        await using var host = await TestHost.StartAsync();
        host.Functions.Queue.IsLossy = true;
        host.Functions.Durable.Fate = (activity, _, _) =>
        {
            // Every plan finds something new, so that the loop never ends by itself.
            if (activity == "Plan" && ++plans < WorkLoop.Rounds * 2)
                host.Engine.Messages.AppendAsync("w", "s", [new("alice", $"I like number {plans}.")], Cancel).GetAwaiter().GetResult();
            return ActivityFate.Runs;
        };
        await host.SayAsync("s", Said);
        host.Functions.Queue.IsLossy = false;
        host.Functions.Queue.Send(WorkText.Of(Session("s")));
        await host.IdleAsync();

        Assert.True(plans > WorkLoop.Rounds * 2);
        Assert.True(host.Functions.Durable.Renewals > 0);
        Assert.Single(host.Functions.Durable.Runs, nameof(SessionOrchestration));
        Assert.Equal(0, await host.PendingAsync());
    }

    [Fact]
    public async Task What_the_backend_keeps_holds_no_content()
    {
        var calls = 0;
        var reasoner = new GatedReasoner { Before = _ => ++calls == 1 ? throw new FormatException("I live in Rome.") : Task.CompletedTask };
        await using var host = await TestHost.StartAsync(reasoner);
        await host.SayAsync("s", Said);
        await host.IdleAsync();

        Assert.NotEmpty(host.Functions.Durable.Kept);
        Assert.All(host.Functions.Durable.Kept, text =>
        {
            Assert.DoesNotContain("Rome", text, StringComparison.Ordinal);
            Assert.DoesNotContain("espresso", text, StringComparison.Ordinal);
            Assert.True(text.Length < 1_000_000);
        });
    }

    [Fact]
    public async Task A_rebuild_and_a_deletion_have_orchestrations_of_their_own()
    {
        await using var host = await TestHost.StartAsync();
        await host.SayAsync("s", Said);
        await host.IdleAsync();
        var expected = await host.KnownAsync();

        var rebuild = await host.Engine.Rebuilds.StartAsync(new("w"), Cancel);
        await host.IdleAsync();
        for (var tries = 0; tries < 100 && await host.Engine.Rebuilds.FindAsync("w", rebuild.Id, Cancel) is not { State: RebuildState.Completed or RebuildState.Failed }; tries++)
        {
            await host.Functions.RunTimersAsync();
            await host.IdleAsync();
        }

        Assert.Contains(nameof(RebuildOrchestration), host.Functions.Durable.Runs);
        Assert.Equal(expected, await host.KnownAsync());

        Assert.True((await host.Client.DeleteAsync("/v3/workspaces/w/sessions/s", Cancel)).IsSuccessStatusCode);
        await host.Functions.RunTimersAsync();
        await host.IdleAsync();
        Assert.Contains(nameof(EraseOrchestration), host.Functions.Durable.Runs);
        Assert.Empty(await host.KnownAsync());
    }

    [Fact]
    public void Instances_are_named_by_kind_and_hash()
    {
        var id = WorkStart.InstanceOf(Partition.Memory("w", "a", "b"));
        Assert.Matches("^memory-[a-z2-7]{52}$", id);
        Assert.Equal(id, WorkStart.InstanceOf(Partition.Memory("w", "a", "b")));
        Assert.NotEqual(id, WorkStart.InstanceOf(Partition.Memory("w", "b", "a")));
        Assert.NotEqual(WorkStart.InstanceOf(Partition.Work("w", "s"))[5..], WorkStart.InstanceOf(Partition.Conversation("w", "s"))[14..]);
    }

    /// <summary>What the same messages come to when nothing happens.</summary>
    private sealed class HintLog : IWorkQueue
    {
        public System.Collections.Concurrent.ConcurrentBag<Partition> Places { get; } = [];

        public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken)
        {
            Places.Add(hint.Partition);
            return Task.CompletedTask;
        }
    }

    private static async Task<IReadOnlyList<string>> UndisturbedAsync()
    {
        await using var host = await TestHost.StartAsync();
        await host.SayAsync("s", Said);
        await host.IdleAsync();
        return await host.KnownAsync();
    }

    private static int Starts(TestHost host) => host.Functions.Durable.Runs.Count(run => run == nameof(SessionOrchestration));

    private static async Task NoHintsAsync(TestHost host)
    {
        while (host.Functions.Queue.Count > 0)
            await Task.Delay(10, Cancel);
    }

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> FailedAsync(TestHost host, string session)
    {
        var page = await host.Engine.Store.QueryAsync(Partition.Work("w", session), new Query("failedStep"), Cancel);
        return [.. page.Items.Select(document => System.Text.Json.JsonElement.Parse(document.Body.Span))];
    }
}
