using System.Text;
using Kith.Client.Administration;

namespace Kith.Client.Tests.Administration;

/// <summary>What Kith adds to the protocols that it speaks.</summary>
public sealed class AdministrationTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly KithClient _kith = host.Kith();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_erased_is_gone_and_that_can_be_proved()
    {
        await SayAsync("I live in Berlin.", "bob", "I live in Rome.");
        var erasure = await _kith.Erasures.ErasePeerAsync("alice", Cancelled);
        erasure = await _kith.Erasures.WaitAsync(erasure.Id, cancellationToken: Cancelled);

        Assert.Equal(("completed", "peer", "alice"), (erasure.State, erasure.Kind, erasure.Peer));
        Assert.NotEmpty(erasure.Erased);
        Assert.NotEmpty(erasure.Beyond);
        Assert.Equal(0, (await _kith.Erasures.ProveAsync(erasure.Id, Cancelled)).Left);
        Assert.Equal([erasure.Id], (await _kith.Erasures.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(receipt => receipt.Id));
        Assert.Equal(["I live in Rome."], (await _kith.Session("s").GetMessagesAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(message => message.Content));
    }

    [Fact]
    public async Task A_message_and_a_session_are_erased_by_their_ids()
    {
        var said = await SayAsync("I live in Berlin.", "alice", "I love espresso.");
        var message = await _kith.Erasures.EraseMessageAsync("s", said[0].Id, Cancelled);
        Assert.Equal("completed", (await _kith.Erasures.WaitAsync(message.Id, cancellationToken: Cancelled)).State);
        Assert.DoesNotContain("Berlin", await _kith.Peer("alice").GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);

        var session = await _kith.Erasures.EraseSessionAsync(_kith.Session("s"), Cancelled);
        Assert.Equal("completed", (await _kith.Erasures.WaitAsync(session.Id, cancellationToken: Cancelled)).State);
        Assert.Equal("", await _kith.Peer("alice").GetRepresentationAsync(cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_workspace_goes_out_and_comes_in_again()
    {
        await SayAsync("I live in Berlin.", "bob", "I live in Rome.");
        using var file = new MemoryStream();
        await _kith.Transfers.ExportAsync(file, cancellationToken: Cancelled);
        Assert.EndsWith("{\"end\":true}\n", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);

        file.Position = 0;
        var copy = host.Kith();
        var import = await copy.Transfers.ImportAsync(file, cancellationToken: Cancelled);
        import = await copy.Transfers.WaitAsync(import.Id, cancellationToken: Cancelled);
        Assert.Equal(("completed", 0L), (import.State, import.Refused));
        Assert.Equal(2, (await copy.Session("s").GetMessagesAsync(cancellationToken: Cancelled).FirstPageAsync(Cancelled)).Total);
        Assert.Equal([import.Id], (await copy.Transfers.ListImportsAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(found => found.Id));

        using var broken = new MemoryStream("{\"format\":\"other\"}\n"u8.ToArray());
        await Assert.ThrowsAnyAsync<KithException>(() => copy.Transfers.ImportAsync(broken, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Memories_of_mem0_come_in()
    {
        using var file = new MemoryStream("""[{"id":"m1","memory":"Loves espresso","user_id":"alice"}]"""u8.ToArray());
        var import = await _kith.Transfers.ImportAsync(file, ImportFormat.Mem0, cancellationToken: Cancelled);
        import = await _kith.Transfers.WaitAsync(import.Id, cancellationToken: Cancelled);
        Assert.Equal(("completed", "mem0"), (import.State, import.Format));
        Assert.Contains("espresso", await _kith.Peer("alice").GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_corrects_pins_and_takes_back()
    {
        await SayAsync("I live in Berlin.", "bob", "Hello.");
        var known = _kith.Peer("alice").Conclusions;
        var wrong = Assert.Single(await known.ListAsync(includeSources: true, cancellationToken: Cancelled).ToListAsync(Cancelled));
        Assert.NotEmpty(wrong.MessageIds!);

        var right = await known.CorrectAsync(wrong.Id, "Lives in Potsdam, near Berlin", Cancelled);
        Assert.Equal(("Lives in Potsdam, near Berlin", true), (right.Content, (await known.PinAsync(right.Id, cancellationToken: Cancelled)).Pinned));
        Assert.Equal(2, (await known.GetHistoryAsync(right.Id, Cancelled)).Count);
        Assert.NotNull((await known.RetractAsync(right.Id, Cancelled)).RetractedAt);
        await Assert.ThrowsAsync<KithNotFoundException>(() => known.CorrectAsync("unknown", "x", Cancelled));
    }

    [Fact]
    public async Task What_was_known_then()
    {
        var alice = _kith.Peer("alice");
        await _kith.Session("s").AddMessagesAsync(
            [alice.Message("I live in Berlin.", createdAt: new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)), alice.Message("I live in Rome.", createdAt: new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero))], Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);

        Assert.Contains("Berlin", await alice.GetRepresentationAsync(new() { AsOf = new(2023, 6, 1, 0, 0, 0, TimeSpan.Zero) }, Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain("Berlin", await alice.GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);
        Assert.Contains("Berlin", (await alice.GetContextAsync(new() { AsOf = new(2023, 6, 1, 0, 0, 0, TimeSpan.Zero) }, Cancelled)).Representation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_made_rotated_and_revoked()
    {
        var issued = await _kith.Keys.CreateAsync("reports", readOnly: true, cancellationToken: Cancelled);
        Assert.Equal(("reports", true, "active"), (issued.Key.Name, issued.Key.ReadOnly, issued.Key.State));
        var rotated = await _kith.Keys.RotateAsync(issued.Key.Id, TimeSpan.FromHours(1), Cancelled);
        Assert.NotEqual(issued.Token, rotated.Token);
        Assert.NotNull(rotated.Key.PreviousSecretUntil);
        await _kith.Keys.RevokeAsync(issued.Key.Id, Cancelled);
        Assert.Equal("revoked", (await _kith.Keys.GetAsync(issued.Key.Id, Cancelled)).State);
        Assert.Single(await _kith.Keys.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Failed_steps_are_seen_and_unknown_ones_are_not_there()
    {
        await SayAsync("I live in Berlin.", "bob", "Hello.");
        Assert.Empty(await _kith.FailedSteps.ListAsync(kind: "derive", session: "s", state: "failed", cancellationToken: Cancelled).ToListAsync(Cancelled));
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.FailedSteps.ReplayAsync("unknown", Cancelled));
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.FailedSteps.DismissAsync("unknown", Cancelled));
    }

    [Fact]
    public async Task A_failed_step_says_what_failed()
    {
        var script = new Transport.Script(Transport.Script.Says(200, """
            {"items":[{"id":"f1","kind":"derive","state":"failed","session_id":"s","observer_id":"alice","observed_id":"bob","first_message":3,"last_message":4,"reason":"The model refused","times":2,
            "created_at":"2026-05-01T12:00:00Z","failed_at":"2026-05-01T12:05:00Z"}],"total":1,"page":1,"size":50,"pages":1}
            """));
        var step = Assert.Single(await script.Client().FailedSteps.ListAsync(kind: "derive", session: "s", state: "failed", cancellationToken: Cancelled).ToListAsync(Cancelled));
        Assert.Equal(("derive", "s", "alice", "bob", 3L, 4L, 2), (step.Kind, step.SessionId, step.ObserverId, step.ObservedId, step.FirstMessage, step.LastMessage, step.Times));
        Assert.Equal(("The model refused", new DateTimeOffset(2026, 5, 1, 12, 5, 0, TimeSpan.Zero)), (step.Reason, step.FailedAt));
        Assert.StartsWith("/v1/workspaces/w/failed-steps?kind=derive&session_id=s&state=failed", script.Requests[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Background_work_is_seen_message_by_message()
    {
        await _kith.CreatePeerAsync("bob", configuration: new() { ObserveMe = false }, cancellationToken: Cancelled);
        var said = await SayAsync("I live in Berlin.", "bob", "I live in Rome.");
        Assert.Equal(["derived", "skipped"], (await _kith.Work.GetMessageStatesAsync("s", cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(state => state.State));
        var state = await _kith.Work.GetMessageStateAsync("s", said[1].Id, Cancelled);
        Assert.Equal(("bob", 2L, "not_observed"), (state.PeerId, state.Sequence, state.Reason));

        await _kith.Work.FlushAsync(cancellationToken: Cancelled);
        await _kith.Work.FlushAsync("s", Cancelled);
        var work = await _kith.Work.GetAsync(cancellationToken: Cancelled);
        Assert.Equal((0L, 0L, 0L), (work.Units.Pending, work.FailedSteps, work.PendingDeliveries));
        Assert.Null((await _kith.Work.GetAsync("s", Cancelled)).OldestPendingAt);
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.Work.GetMessageStateAsync("s", "unknown", Cancelled));
    }

    [Fact]
    public async Task What_was_derived_is_made_anew()
    {
        await SayAsync("I live in Berlin.", "bob", "Hello.");
        var rebuild = await _kith.Rebuilds.StartAsync([RebuildPart.Conclusions, RebuildPart.Index], peer: "alice", cancellationToken: Cancelled);
        rebuild = await _kith.Rebuilds.WaitAsync(rebuild.Id, cancellationToken: Cancelled);
        Assert.Equal(("completed", "alice"), (rebuild.State, rebuild.Peer));
        Assert.Equal([RebuildPart.Conclusions, RebuildPart.Index], rebuild.What);
        Assert.Equal(rebuild.Progress.MessagesTotal, rebuild.Progress.MessagesDone);
        Assert.Equal([rebuild.Id], (await _kith.Rebuilds.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(found => found.Id));
        Assert.Contains("Berlin", await _kith.Peer("alice").GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.Rebuilds.GetAsync("unknown", Cancelled));
    }

    [Fact]
    public async Task Dreams_and_their_cost_are_seen()
    {
        await SayAsync("I live in Berlin.", "alice", "I live in Berlin, as I said.");
        await _kith.ScheduleDreamAsync("alice", cancellationToken: Cancelled);
        var alice = _kith.Peer("alice");
        var history = await alice.GetDreamsAsync(cancellationToken: Cancelled);
        for (var i = 0; i < 300 && history.Runs is not [{ EndedAt: not null }, ..]; i++)
        {
            await Task.Delay(100, Cancelled);
            history = await alice.GetDreamsAsync(cancellationToken: Cancelled);
        }

        var run = Assert.Single(history.Runs);
        Assert.Equal(("manual", "completed", 0), (run.Trigger, run.Outcome, run.ModelCalls));
        var usage = await _kith.GetUsageAsync(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31), Cancelled);
        Assert.Equal((new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31), 0L), (usage.From, usage.To, usage.Total.Calls));
    }

    [Fact]
    public async Task Agents_are_registered()
    {
        var id = Guid.NewGuid();
        var agent = await _kith.Agents.PutAsync(id, new() { Name = "Support", Instructions = "Be brief.", Reasoner = true, Timeouts = new() { TimeoutMinutes = 60 } }, Cancelled);
        Assert.Equal((id, "Support", true, 60d, false), (agent.Id, agent.Name, agent.Reasoner, agent.Timeouts!.TimeoutMinutes, agent.HasResponderSecret));
        Assert.Equal(agent, await _kith.Agents.GetAsync(id, Cancelled));
        Assert.Equal([id], (await _kith.Agents.ListAsync(Cancelled)).Select(found => found.Id));
        await Assert.ThrowsAsync<KithBadRequestException>(() => _kith.Agents.PutAsync(id, new() { Name = "Support", ResponderUrl = new Uri("ftp://agents.example") }, Cancelled));
        await _kith.Agents.DeleteAsync(id, Cancelled);
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.Agents.GetAsync(id, Cancelled));
    }

    [Fact]
    public async Task Webhooks_hear_of_chosen_events()
    {
        var address = new Uri("https://hooks.invalid/kith");
        var created = await _kith.Webhooks.SubscribeAsync(address, ["conclusion.created"], Cancelled);
        Assert.Equal(["conclusion.created"], created.Events);
        Assert.NotEmpty(created.Secret!);
        Assert.Null((await _kith.Webhooks.GetAsync(created.Id, Cancelled)).Secret);
        Assert.Equal(["step.failed"], (await _kith.Webhooks.ChooseEventsAsync(created.Id, ["step.failed"], Cancelled)).Events);

        var rotated = await _kith.Webhooks.RotateSecretAsync(created.Id, TimeSpan.FromHours(1), Cancelled);
        Assert.NotEqual(created.Secret, rotated.Secret);
        Assert.Equal(2, rotated.Secrets.Count);

        var test = await _kith.Webhooks.TestAsync(created.Id, Cancelled);
        Assert.Equal([test.Id], (await _kith.Webhooks.GetDeliveriesAsync(created.Id, @event: "test.event", cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(delivery => delivery.Id));
        Assert.Equal(test.EventId, (await _kith.Webhooks.RedeliverAsync(created.Id, test.Id, Cancelled)).EventId);
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.Webhooks.RedeliverAsync(created.Id, "unknown", Cancelled));
    }

    private async Task<IReadOnlyList<Message>> SayAsync(string first, string other, string second)
    {
        var said = await _kith.Session("s").AddMessagesAsync([_kith.Peer("alice").Message(first), _kith.Peer(other).Message(second)], Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        return said;
    }
}
