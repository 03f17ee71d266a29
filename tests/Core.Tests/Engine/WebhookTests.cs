using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What happens is told to those who want to hear of it: at least once, with one id, without holding anything up.</summary>
public sealed class WebhookTests
{
    private const string Url = "https://example.com/hook";

    private static readonly WebhookAnswer Refusal = new(500, "The address answered 500");

    [Fact]
    public async Task Work_that_ran_dry_is_told_once_for_each_time()
    {
        var sender = new ScriptedSender();
        await using var engine = new TestEngine(webhooks: sender);
        await ListenAsync(engine, events: null);
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 20).Select(i => $"fact {i}")]);
        await engine.DrainAsync();
        await engine.JoinAsync("s", "b");
        await engine.DrainAsync();

        Assert.Equal(["representation", "summary"], sender.Of(EventTypes.QueueEmpty).Select(data => data.GetProperty("queue_type").GetString()!).Order());
        Assert.Equal(
            """{"observed":null,"observer":null,"queue_type":"representation","session_id":"s","workspace_id":"w"}""",
            sender.Of(EventTypes.QueueEmpty).First(data => data.GetProperty("queue_type").GetString() == "representation").GetRawText());
        await engine.SayAsync("s", "a", "one more");
        await engine.DrainAsync();
        Assert.Equal(3, sender.Of(EventTypes.QueueEmpty).Count);
    }

    [Fact]
    public async Task Conclusions_summaries_and_failures_are_told_with_ids_only()
    {
        var sender = new ScriptedSender();
        await using var engine = new TestEngine(webhooks: sender);
        await ListenAsync(engine, EventTypes.All);
        await engine.SayAsync("s", "a", "[home] lives in Berlin");
        await engine.DrainAsync();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 19).Select(i => $"[home] lives in City{i}")]);
        await engine.DrainAsync();
        await engine.SayAsync("s", "a", "lost");
        foreach (var step in (await engine.Core.Planner.PlanAsync(Partition.Conversation(Tenant, "s"), Cancel)).OfType<WorkStep.Derive>())
            Assert.True(await engine.Core.Runner.SkipAsync(step, "garbage", Cancel));
        await engine.DrainAsync();

        var known = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(1, 100), null, Cancel)).Items;
        var created = sender.Of(EventTypes.ConclusionCreated).SelectMany(data => data.GetProperty("conclusion_ids").EnumerateArray()).Select(id => id.GetString()!).ToArray();
        Assert.Equal(known.Select(conclusion => conclusion.Id).Order(), created.Order());
        var superseded = sender.Of(EventTypes.ConclusionSuperseded).Select(data => data.GetProperty("conclusion_id").GetString()!);
        Assert.Contains(known.Single(conclusion => conclusion.Content.Contains("Berlin", StringComparison.Ordinal)).Id, superseded);
        Assert.Equal("short", Assert.Single(sender.Of(EventTypes.SummaryCreated)).GetProperty("summary_type").GetString());
        Assert.Equal("derive", Assert.Single(sender.Of(EventTypes.StepFailed)).GetProperty("kind").GetString());
        Assert.DoesNotContain(sender.Calls, call => System.Text.Encoding.UTF8.GetString(call.Body.Span).Contains("lives", StringComparison.Ordinal));
        Assert.Equal(0, await engine.Core.Store.CountAsync(Partition.WholeWorkspace(Container.Memory, Tenant), new Query("event"), Cancel));
    }

    [Fact]
    public async Task What_people_write_and_correct_is_told_too()
    {
        var sender = new ScriptedSender();
        await using var engine = new TestEngine(webhooks: sender);
        await ListenAsync(engine, [EventTypes.ConclusionCreated, EventTypes.ConclusionSuperseded]);
        await engine.SayAsync("s", "a", "hello?");
        var many = Enumerable.Range(0, 100).Select(i => new NewConclusion("a", "a", $"a has {i} cats", null)).ToArray();
        var created = await engine.Core.Conclusions.CreateAsync(Tenant, many, Cancel);
        var corrected = await engine.Core.Conclusions.CorrectAsync(Tenant, created[0].Id, "a has a dog", Cancel);
        await engine.DrainAsync();

        var told = sender.Of(EventTypes.ConclusionCreated).SelectMany(data => data.GetProperty("conclusion_ids").EnumerateArray()).Select(id => id.GetString()!).Order();
        Assert.Equal(created.Select(conclusion => conclusion.Id).Append(corrected.Id).Order(), told);
        Assert.Equal((created[0].Id, corrected.Id), sender.Of(EventTypes.ConclusionSuperseded).Select(data => (data.GetProperty("conclusion_id").GetString()!, data.GetProperty("superseded_by").GetString()!)).Single());
        Assert.Empty(sender.Of(EventTypes.QueueEmpty));
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_recorded()
    {
        await using var engine = new TestEngine(webhooks: new ScriptedSender());
        await engine.SayAsync("s", "a", "I fish");
        await engine.Core.Queues.FlushAsync(Tenant, Cancel);
        await engine.WorkAsync(Partition.Conversation(Tenant, "s"));

        Assert.Equal(0, await engine.Core.Store.CountAsync(Partition.WholeWorkspace(Container.Memory, Tenant), new Query("event"), Cancel));
        Assert.Equal(0, await engine.Core.Deliveries.CountPendingAsync(Tenant, Cancel));
    }

    [Fact]
    public async Task An_address_that_is_down_for_an_hour_hears_of_everything()
    {
        var sender = new ScriptedSender { Usual = Refusal };
        await using var engine = new TestEngine(webhooks: sender);
        var webhook = await ListenAsync(engine, EventTypes.All);
        for (var i = 0; i < 3; i++)
            await engine.Core.Webhooks.TestAsync(Tenant, Cancel);
        var recovered = engine.Time.GetUtcNow() + TimeSpan.FromHours(1);
        while (engine.Time.GetUtcNow() < recovered)
            await PassAsync(engine, webhook, TimeSpan.FromSeconds(20));
        sender.Usual = new WebhookAnswer(200, null);
        for (var i = 0; i < 24 * 12; i++)
            await PassAsync(engine, webhook, TimeSpan.FromMinutes(5));

        var log = await LogAsync(engine, webhook);
        Assert.Equal(3, log.Count);
        Assert.All(log, delivery => Assert.Equal((DeliveryState.Delivered, 200), (delivery.State, delivery.Attempts[^1].Status!.Value)));
        Assert.Empty((await engine.Core.FailedSteps.ListAsync(Tenant, null, null, null, new Paging(), Cancel)).Items);
    }

    [Fact]
    public async Task After_eight_attempts_a_delivery_is_a_failed_step_and_a_replay_sends_it_with_the_same_id()
    {
        var sender = new ScriptedSender { Usual = Refusal };
        await using var engine = new TestEngine(webhooks: sender);
        var webhook = await ListenAsync(engine, EventTypes.All);
        await engine.Core.Webhooks.TestAsync(Tenant, webhook.Id, Cancel);
        var begun = engine.Time.GetUtcNow();
        for (var i = 0; i < 36 * 60; i++)
            await PassAsync(engine, webhook, TimeSpan.FromMinutes(1));

        var delivery = Assert.Single(await LogAsync(engine, webhook));
        Assert.Equal((DeliveryState.Failed, 8), (delivery.State, delivery.Attempts.Count));
        Assert.Equal(8, sender.Calls.Count);
        Assert.InRange(delivery.Attempts[^1].At - begun, TimeSpan.FromHours(18), TimeSpan.FromHours(28));
        Assert.All(delivery.Attempts.Zip(delivery.Attempts.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(12)));
        Assert.Empty(sender.Of(EventTypes.StepFailed));

        var failed = Assert.Single((await engine.Core.FailedSteps.ListAsync(Tenant, StepKinds.Deliver, null, null, new Paging(), Cancel)).Items);
        Assert.Equal(delivery.Id, failed.Target);
        sender.Usual = new WebhookAnswer(204, null);
        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        await PassAsync(engine, webhook, TimeSpan.FromMinutes(6));
        await PassAsync(engine, webhook, TimeSpan.FromMinutes(6));

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await LogAsync(engine, webhook)).State);
        Assert.Single(sender.Calls.Select(call => call.EventId).Distinct());
        Assert.Empty((await engine.Core.FailedSteps.ListAsync(Tenant, null, null, null, new Paging(), Cancel)).Items);
    }

    [Fact]
    public async Task An_address_that_fails_is_left_alone_for_a_while()
    {
        var sender = new ScriptedSender { Usual = Refusal };
        await using var engine = new TestEngine(webhooks: sender);
        var webhook = await ListenAsync(engine, EventTypes.All);
        for (var i = 0; i < 40; i++)
            await engine.Core.Webhooks.TestAsync(Tenant, Cancel);
        await engine.WorkAsync(Delivery.Place(Tenant, webhook.Id));

        Assert.Equal(3, sender.Calls.Count);
    }

    [Fact]
    public async Task A_death_between_the_call_and_its_record_sends_it_again_with_the_same_id()
    {
        var sender = new ScriptedSender();
        await using var engine = new TestEngine(webhooks: sender);
        var webhook = await ListenAsync(engine, EventTypes.All);
        await engine.Core.Webhooks.TestAsync(Tenant, webhook.Id, Cancel);
        sender.Taken = () => throw new MortalStore.DeadException();
        var place = Delivery.Place(Tenant, webhook.Id);
        await Assert.ThrowsAsync<MortalStore.DeadException>(() => engine.WorkAsync(place));
        sender.Taken = null;
        await engine.RestartAsync();
        await engine.WorkAsync(place);

        Assert.Equal(2, sender.Calls.Count);
        Assert.Single(sender.Calls.Select(call => call.EventId).Distinct());
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await LogAsync(engine, webhook)).State);
    }

    [Fact]
    public async Task A_death_at_any_write_of_the_work_loses_no_event_and_gives_none_a_second_id()
    {
        for (var writes = 1; ; writes++)
        {
            var sender = new ScriptedSender();
            await using var engine = new TestEngine(webhooks: sender);
            await ListenAsync(engine, EventTypes.All);
            await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 20).Select(i => $"fact {i}")]);
            await engine.RestartAsync(writes: writes);
            var died = false;
            try
            {
                await engine.DrainAsync();
            }
            catch (MortalStore.DeadException)
            {
                died = true;
            }

            await engine.RestartAsync();
            await engine.DrainAsync();
            var events = sender.Calls.DistinctBy(call => call.EventId).Select(call => System.Text.Json.JsonElement.Parse(call.Body.Span)).ToLookup(body => body.GetProperty("type").GetString());
            Assert.Equal(20, events[EventTypes.ConclusionCreated].SelectMany(body => body.GetProperty("data").GetProperty("conclusion_ids").EnumerateArray()).Select(id => id.GetString()).Distinct().Count());
            Assert.Equal(2, events[EventTypes.QueueEmpty].Count());
            Assert.Single(events[EventTypes.SummaryCreated]);
            if (!died)
                break;
        }
    }

    [Fact]
    public async Task A_delivery_that_arrived_can_be_sent_again()
    {
        var sender = new ScriptedSender();
        await using var engine = new TestEngine(webhooks: sender);
        var webhook = await ListenAsync(engine, EventTypes.All);
        var delivery = await engine.Core.Webhooks.TestAsync(Tenant, webhook.Id, Cancel);
        await engine.DrainAsync();
        Assert.NotNull(await engine.Core.Deliveries.RedeliverAsync(Tenant, webhook.Id, delivery.Id, Cancel));
        await engine.DrainAsync();

        Assert.Equal([delivery.EventId, delivery.EventId], sender.Calls.Select(call => call.EventId));
        Assert.Equal(2, (await engine.Core.Deliveries.FindAsync(Tenant, webhook.Id, delivery.Id, Cancel))!.Attempts.Count);
        Assert.Null(await engine.Core.Deliveries.RedeliverAsync(Tenant, webhook.Id, "nothing", Cancel));
    }

    [Fact]
    public async Task Two_secrets_sign_after_a_rotation_and_one_when_the_older_has_expired()
    {
        var sender = new ScriptedSender();
        await using var engine = new TestEngine(webhooks: sender);
        var webhook = await ListenAsync(engine, EventTypes.All);
        var rotated = await engine.Core.Webhooks.RotateAsync(Tenant, webhook.Id, TimeSpan.FromHours(1), Cancel);
        await engine.Core.Webhooks.TestAsync(Tenant, Cancel);
        await engine.DrainAsync();
        Assert.Equal([rotated.Secrets[0].Value, webhook.Secrets[0].Value], sender.Calls[^1].Secrets);

        engine.Time.Advance(TimeSpan.FromHours(2));
        await engine.Core.Webhooks.TestAsync(Tenant, Cancel);
        await engine.DrainAsync();
        Assert.Equal([rotated.Secrets[0].Value], sender.Calls[^1].Secrets);
        Assert.Equal(2, (await engine.Core.Webhooks.RotateAsync(Tenant, webhook.Id, TimeSpan.FromHours(1), Cancel)).Secrets.Count);
        Assert.Single((await engine.Core.Webhooks.RotateAsync(Tenant, webhook.Id, TimeSpan.Zero, Cancel)).Secrets);
    }

    [Fact]
    public async Task An_erasure_that_has_ended_is_told_once_without_what_was_erased()
    {
        var sender = new ScriptedSender();
        await using var engine = new TestEngine(webhooks: sender);
        await ListenAsync(engine, [EventTypes.EraseCompleted]);
        await engine.SayAsync("s", "alice", "I fish");
        await engine.DrainAsync();
        var erasure = await engine.Core.Erasures.StartAsync(Tenant, new Erasing.ErasureTarget(Erasing.ErasureKind.Peer, Peer: "alice"), Cancel);
        await engine.DrainAsync();

        var told = Assert.Single(sender.Of(EventTypes.EraseCompleted));
        Assert.Equal(erasure.Id, told.GetProperty("erasure_id").GetString());
        Assert.DoesNotContain("alice", told.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_address_takes_its_deliveries_along()
    {
        var sender = new ScriptedSender { Usual = Refusal };
        await using var engine = new TestEngine(webhooks: sender);
        var webhook = await ListenAsync(engine, EventTypes.All);
        await engine.Core.Webhooks.TestAsync(Tenant, Cancel);
        await engine.WorkAsync(Delivery.Place(Tenant, webhook.Id));
        await engine.Core.Webhooks.DeleteAsync(Tenant, webhook.Id, Cancel);

        Assert.Equal(0, await engine.Core.Store.CountAsync(Delivery.Place(Tenant, webhook.Id), new Query("delivery"), Cancel));
        await engine.SayAsync("s", "a", "I fish");
        await engine.DrainAsync();
        Assert.Single(sender.Calls);
    }

    private static async Task<Webhook> ListenAsync(TestEngine engine, IReadOnlyList<string>? events)
    {
        await engine.Core.Workspaces.GetOrCreateAsync(Tenant, null, null, Cancel);
        return (await engine.Core.Webhooks.RegisterAsync(Tenant, Url, events, Cancel)).Webhook;
    }

    private static async Task PassAsync(TestEngine engine, Webhook webhook, TimeSpan time)
    {
        engine.Time.Advance(time);
        await engine.WorkAsync(Delivery.Place(Tenant, webhook.Id));
    }

    private static async Task<IReadOnlyList<Delivery>> LogAsync(TestEngine engine, Webhook webhook) =>
        (await engine.Core.Deliveries.ListAsync(Tenant, webhook.Id, null, null, new Paging(), Cancel)).Items;
}
