using Kith.Core.Agency;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Sessions of agents, and the replies they owe, across crashes and processes.</summary>
public sealed class AgentSessionTests
{
    private const string AgentId = "11111111-1111-4111-8111-111111111111";
    private const string UserId = "22222222-2222-4222-8222-222222222222";

    [Fact]
    public async Task A_reply_that_was_owed_when_the_process_ended_is_given_once_by_the_next()
    {
        var responder = new ScriptedResponder();
        await using var engine = new TestEngine(responder: responder);
        var address = await OpenAsync(engine);
        await SendAsync(engine, address, waits: false);
        await engine.RestartAsync();
        await engine.DrainAsync();
        Assert.Equal(["You said: Hello", "Hello"], await HistoryAsync(engine.Core, address));
        Assert.Equal(1, responder.Calls);
    }

    [Fact]
    public async Task A_reply_for_a_caller_who_went_away_is_given_when_nobody_holds_it_any_more()
    {
        var responder = new ScriptedResponder();
        await using var engine = new TestEngine(responder: responder);
        var address = await OpenAsync(engine);
        var sent = await SendAsync(engine, address, waits: true);
        Assert.Empty(await engine.Core.Planner.PlanAsync(sent.Pending!.Partition, Cancel));
        await engine.DrainAsync();
        Assert.Equal(["You said: Hello", "Hello"], await HistoryAsync(engine.Core, address));
    }

    [Fact]
    public async Task Two_processes_that_answer_the_same_message_store_one_reply()
    {
        var responder = new ScriptedResponder { Together = new Barrier(2) };
        await using var engine = new TestEngine(responder: responder);
        var other = engine.Beside();
        var address = await OpenAsync(engine);
        var sent = await SendAsync(engine, address, waits: false);
        var step = new WorkStep.Reply(sent.Pending!.Partition, sent.Message.Id);
        var outcomes = await Task.WhenAll(TryAsync(engine.Core), TryAsync(other));

        Assert.Equal(2, responder.Calls);
        Assert.All(outcomes.OfType<KithException>(), exception => Assert.Equal(ErrorCode.Unavailable, exception.Code));
        Assert.Contains(null, outcomes);
        responder.Together = null;
        await engine.DrainAsync();
        Assert.Equal(["You said: Hello", "Hello"], await HistoryAsync(other, address));
        Assert.Equal(2, responder.Calls);

        async Task<Exception?> TryAsync(KithEngine core) => await Record.ExceptionAsync(() => core.Runner.RunAsync(step, Cancel));
    }

    [Fact]
    public async Task A_reply_to_a_message_that_was_never_stored_is_forgotten()
    {
        var responder = new ScriptedResponder();
        await using var engine = new TestEngine(responder: responder);
        var address = await OpenAsync(engine);
        var pending = (await SendAsync(engine, address, waits: false)).Pending! with { MessageId = Uuids.New() };
        await engine.Core.Store.TryCreateAsync(pending.Partition, pending.MessageId, pending, DocumentJson.Default.PendingReply, Cancel);
        await engine.DrainAsync();
        Assert.Equal(1, responder.Calls);
        Assert.Empty((await engine.Core.Store.QueryAsync(pending.Partition, new Query("pendingReply"), Cancel)).Items);
    }

    [Fact]
    public async Task A_reply_that_cannot_be_had_is_recorded_with_its_reason_and_owed_no_longer()
    {
        var responder = new ScriptedResponder { Failure = new KithException(ErrorCode.Unavailable, "Nobody is there") };
        await using var engine = new TestEngine(responder: responder);
        var address = await OpenAsync(engine);
        var sent = await SendAsync(engine, address, waits: false);
        var step = Assert.Single(await engine.Core.Planner.PlanAsync(sent.Pending!.Partition, Cancel));
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<KithException>(() => engine.Core.Runner.RunAsync(step, Cancel))).Code);
        engine.Time.Advance(TimeSpan.FromMinutes(6));
        var final = await Assert.ThrowsAsync<KithException>(() => engine.Core.Runner.RunAsync(step, Cancel));
        Assert.Equal(ErrorCode.Invalid, final.Code);
        Assert.True(await engine.Core.Runner.SkipAsync(step, final.Message, Cancel));
        Assert.Empty(await engine.Core.Planner.PlanAsync(sent.Pending!.Partition, Cancel));
        var failed = Assert.Single((await engine.Core.Store.QueryAsync(sent.Pending!.Partition, new Query("failedStep"), Cancel)).Items).As(DocumentJson.Default.FailedStep);
        Assert.Equal(("reply", 0, 1), (failed.Kind, failed.After, failed.Through));
        Assert.Contains("Nobody is there", failed.Reason);

        // Asked for once more, while the agent answers again.
        responder.Failure = null;
        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        await engine.DrainAsync();
        Assert.Equal(["You said: Hello", "Hello"], await HistoryAsync(engine.Core, address));
        Assert.Empty((await engine.Core.FailedSteps.ListAsync(Tenant, null, null, null, new Paging(), Cancel)).Items);
    }

    [Fact]
    public async Task An_agent_that_was_forgotten_owes_nothing()
    {
        var responder = new ScriptedResponder();
        await using var engine = new TestEngine(responder: responder);
        var address = await OpenAsync(engine);
        await SendAsync(engine, address, waits: false);
        await engine.Core.Agents.DeleteAsync(Tenant, AgentId, Cancel);
        await engine.DrainAsync();
        Assert.Equal(["Hello"], await HistoryAsync(engine.Core, address));
        Assert.Equal(0, responder.Calls);
    }

    [Fact]
    public async Task Two_processes_share_their_sessions()
    {
        await using var engine = new TestEngine(responder: new ScriptedResponder());
        var other = engine.Beside();
        var address = await OpenAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? engine.Core : other).AgentSessions.HeartbeatAsync(address, Cancel)));
        Assert.Equal(20, (await other.AgentSessions.GetAsync(address, Cancel)).RenewalCount);
        Assert.Single(await other.AgentSessions.ListAsync(Tenant, null, Cancel));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? engine.Core : other).AgentSessions.SendAsync(address, Hello, waits: true, claim: null, Cancel)));
        var page = await engine.Core.AgentSessions.HistoryAsync(address, new HistoryRange(100), Cancel);
        Assert.Equal(20, page.Messages.Select(message => message.CreatedAt.ToUnixTimeMilliseconds()).Distinct().Count());
        await engine.Core.AgentSessions.DeleteAsync(address, Cancel);
        await Assert.ThrowsAsync<KithException>(() => other.AgentSessions.GetAsync(address, Cancel));
    }

    [Fact]
    public async Task Of_an_expired_session_the_first_to_come_is_told_whatever_process_answers()
    {
        await using var engine = new TestEngine(responder: new ScriptedResponder());
        var other = engine.Beside();
        var address = await OpenAsync(engine);
        engine.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("expired", (await Assert.ThrowsAsync<KithException>(() => other.AgentSessions.HeartbeatAsync(address, Cancel))).Detail);
        Assert.Null((await Assert.ThrowsAsync<KithException>(() => engine.Core.AgentSessions.GetAsync(address, Cancel))).Detail);
    }

    [Fact]
    public async Task A_deleted_session_takes_its_lifetime_and_owed_replies_along()
    {
        await using var engine = new TestEngine(responder: new ScriptedResponder());
        var address = await OpenAsync(engine);
        var sent = await SendAsync(engine, address, waits: true);
        await engine.Core.Sessions.DeleteAsync(Tenant, address.Id, Cancel);
        await engine.DrainAsync();
        Assert.Empty(await engine.Core.AgentSessions.ListAsync(Tenant, null, Cancel));
        Assert.Empty((await engine.Core.Store.QueryAsync(sent.Pending!.Partition, new Query("pendingReply"), Cancel)).Items);
        Assert.Null(await engine.Core.Sessions.FindAsync(Tenant, address.Id, Cancel));
    }

    private static Utterance Hello => new("Hello", Json("{}"));

    private static async Task<AgentSessionAddress> OpenAsync(TestEngine engine)
    {
        await engine.Core.Agents.PutAsync(
            Tenant,
            AgentId,
            _ => new Agent { Id = AgentId, WorkspaceId = Tenant, Name = "Echo", ResponderUrl = "http://agent.example/", CreatedAt = default },
            Cancel);
        var session = await engine.Core.AgentSessions.CreateAsync(Tenant, AgentId, UserId, Json("{}"), TimeoutChoices.None, Cancel);
        return new AgentSessionAddress(Tenant, session.SessionId);
    }

    private static Task<SentMessage> SendAsync(TestEngine engine, AgentSessionAddress address, bool waits) => engine.Core.AgentSessions.SendAsync(address, Hello, waits, claim: null, Cancel);

    private static async Task<IEnumerable<string>> HistoryAsync(KithEngine core, AgentSessionAddress address) =>
        (await core.AgentSessions.HistoryAsync(address, new HistoryRange(), Cancel)).Messages.Select(message => message.Content);
}
