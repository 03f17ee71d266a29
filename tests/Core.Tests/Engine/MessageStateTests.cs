using Kith.Core.Conversations;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Every message says what became of it, and the queue what it waits for.</summary>
public sealed class MessageStateTests
{
    private static readonly Partition Session = Partition.Conversation(Tenant, "s");

    [Fact]
    public async Task Messages_are_pending_until_they_are_derived()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish", "I swim");
        Assert.All(await StatesAsync(engine), state => Assert.Equal((DeriveState.Pending, Waiting.Queued), (state.State, state.Reason)));
        var steps = await engine.Core.Planner.PlanAsync(Session, Cancel);
        Assert.All(await StatesAsync(engine), state => Assert.Equal((DeriveState.Pending, Waiting.Working), (state.State, state.Reason)));
        await engine.Core.Runner.StalledAsync(steps[^1], "the model does not answer", _ => TimeSpan.FromMinutes(1), Cancel);
        Assert.All(await StatesAsync(engine), state => Assert.Equal((Waiting.Retrying, "derive: the model does not answer"), (state.Reason, state.Detail)));
        await engine.DrainAsync();
        Assert.All(await StatesAsync(engine), state => Assert.Equal((DeriveState.Derived, null), (state.State, state.Reason)));
        Assert.Null((await Watermarks.OfAsync(engine.Core.Store, Session, Cancel)).Stall);
    }

    [Fact]
    public async Task What_is_not_derived_says_why()
    {
        await using var engine = new TestEngine();
        await engine.Core.Peers.GetOrCreateAsync(Tenant, "bot", null, Json("""{"observe_me":false}"""), Cancel);
        await engine.Core.Messages.AppendAsync(
            Tenant,
            "s",
            [
                new NewMessage("a", "I fish"),
                new NewMessage("a", " "),
                new NewMessage("bot", "noted"),
                new NewMessage("a", "secret") { Configuration = Json("""{"reasoning":{"enabled":false}}""") },
            ],
            Cancel);

        foreach (var drained in new[] { false, true })
        {
            if (drained)
                await engine.DrainAsync();
            var states = await StatesAsync(engine);
            Assert.Equal(drained ? DeriveState.Derived : DeriveState.Pending, states[0].State);
            Assert.Equal([(DeriveState.Skipped, "empty"), (DeriveState.Skipped, "not_observed"), (DeriveState.Skipped, "reasoning_off")], states.Skip(1).Select(state => (state.State, state.Reason!)));
        }
    }

    [Fact]
    public async Task A_change_of_settings_does_not_change_what_became_of_earlier_messages()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.DrainAsync();
        await engine.Core.Workspaces.UpdateAsync(Tenant, null, Json("""{"reasoning":{"enabled":false}}"""), Cancel);
        await engine.SayAsync("s", "a", "I swim");
        await engine.DrainAsync();

        Assert.Equal([DeriveState.Derived, DeriveState.Skipped], (await StatesAsync(engine)).Select(state => state.State));
    }

    [Fact]
    public async Task A_failed_message_names_its_step()
    {
        await using var engine = new TestEngine();
        var said = await engine.SayAsync("s", "a", "lost");
        var derive = (await engine.Core.Planner.PlanAsync(Session, Cancel)).OfType<WorkStep.Derive>().Single();
        Assert.True(await engine.Core.Runner.SkipAsync(derive, "garbage", Cancel));

        var state = (await engine.Core.MessageStates.FindAsync(Tenant, "s", said[0].Id, Cancel))!;
        Assert.Equal((DeriveState.Failed, "step_failed", "garbage"), (state.State, state.Reason, state.Detail));
        Assert.NotNull(await engine.Core.FailedSteps.FindAsync(Tenant, state.FailedStep!, Cancel));
        Assert.Null(await engine.Core.MessageStates.FindAsync(Tenant, "s", "nothing", Cancel));
        await Assert.ThrowsAsync<KithException>(() => engine.Core.MessageStates.ListAsync(Tenant, "nowhere", new Paging(), Cancel));
    }

    [Fact]
    public async Task The_queue_tells_since_when_messages_wait_and_for_what_and_a_flush_ends_it()
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Debounce = new Debounce(512, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(60)) });
        var old = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var before = engine.Time.GetUtcNow();
        await engine.Core.Messages.AppendAsync(Tenant, "s", [new NewMessage("a", "I fish") { CreatedAt = old }], Cancel);
        await engine.WorkAsync(Session);

        var queue = await engine.Core.Queues.DetailAsync(Tenant, null, Cancel);
        var session = Assert.Single(queue.Sessions);
        Assert.Equal((Waiting.Gathering, 1L), (session.Waiting!.Reason, session.Units.Pending));
        Assert.True(session.Waiting.Until > engine.Time.GetUtcNow());
        Assert.InRange(queue.OldestAt!.Value, before, engine.Time.GetUtcNow());
        Assert.False(await engine.Core.Queues.WaitAsync(Tenant, null, TimeSpan.Zero, Cancel, Cancel));

        Assert.Equal(1, await engine.Core.Queues.FlushAsync(Tenant, Cancel));
        await engine.WorkAsync(Session);
        Assert.True(await engine.Core.Queues.WaitAsync(Tenant, null, TimeSpan.Zero, Cancel, Cancel));
        Assert.Empty((await engine.Core.Queues.DetailAsync(Tenant, null, Cancel)).Sessions);
        Assert.Equal(0, await engine.Core.Queues.FlushAsync(Tenant, Cancel));
    }

    [Fact]
    public async Task Who_waits_for_the_queue_hears_of_work_that_another_process_did()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        var waiting = engine.Core.Queues.WaitAsync(Tenant, "s", TimeSpan.FromMinutes(2), CancellationToken.None, Cancel);
        var other = engine.Beside();
        while (await other.Planner.PlanAsync(Session, Cancel) is { Count: > 0 } steps)
        {
            foreach (var step in steps)
                await other.Runner.RunAsync(step, Cancel);
        }

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Who_waits_and_goes_away_is_let_go_and_a_host_that_stops_answers_at_once()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        using var gone = new CancellationTokenSource();
        var waiting = engine.Core.Queues.WaitAsync(Tenant, null, TimeSpan.FromMinutes(3), CancellationToken.None, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        using var stopping = new CancellationTokenSource();
        var asked = engine.Core.Queues.WaitAsync(Tenant, null, TimeSpan.FromMinutes(3), stopping.Token, Cancel);
        await stopping.CancelAsync();
        Assert.False(await asked);
    }

    private static async Task<IReadOnlyList<MessageState>> StatesAsync(TestEngine engine) =>
        (await engine.Core.MessageStates.ListAsync(Tenant, "s", new Paging(), Cancel)).Items;
}
