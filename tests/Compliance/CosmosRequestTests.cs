using System.Text.Json;
using Kith.Compliance.Tests.Cosmos;
using Kith.Core;
using Kith.Core.Context;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Compliance.Tests;

/// <summary>How many requests an operation of the engine costs, and that those on the way of a user's call name one logical partition.</summary>
public sealed class CosmosRequestTests : IAsyncLifetime
{
    private const string Workspace = "shop";
    private const string Session = "s1";

    private CosmosEngine _engine = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Partition Conversation => Partition.Conversation(Workspace, Session);

    public async ValueTask InitializeAsync()
    {
        _engine = await CosmosEngine.StartAsync(Cancelled);
        await AppendAsync(3);
        await _engine.WorkAsync(Conversation, Cancelled);
        _engine.Gateway.Taken();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(97)]
    public async Task Append_by_known_authors_to_an_existing_session_takes_three_requests(int messages)
    {
        await AppendAsync(messages);
        Costs(3);
    }

    /// <summary>The limit is four; with a target there are its card and its conclusions as well.</summary>
    [Fact]
    public async Task Session_context_takes_three_requests_and_two_more_with_a_target()
    {
        await _engine.Engine.Contexts.OfSessionAsync(new SessionContextRequest(Workspace, Session), Cancelled);
        Costs(3);
        await _engine.Engine.Contexts.OfSessionAsync(new SessionContextRequest(Workspace, Session) { Target = "alice" }, Cancelled);
        Costs(5);
    }

    [Fact]
    public async Task Pages_of_lists_take_three_requests()
    {
        var page = new Paging(1, 50);
        var where = new Condition.JsonContains(Field.Json("metadata"), JsonDocument.Parse("""{"k":"v"}""").RootElement);
        await _engine.Engine.Messages.ListAsync(Workspace, Session, page, null, Cancelled);
        Costs(3);
        await _engine.Engine.Messages.ListAsync(Workspace, Session, page, where, Cancelled);
        Costs(3);
        await _engine.Engine.Sessions.ListAsync(Workspace, page, null, Cancelled);
        Costs(3);
        await _engine.Engine.Peers.ListAsync(Workspace, PeerKinds.All, page, where, Cancelled);
        Costs(3);
        await _engine.Engine.Peers.SessionsAsync(Workspace, "alice", page, null, Cancelled);
        Costs(3);
        await _engine.Engine.Conclusions.ListAsync(Workspace, page, null, Cancelled);
        Costs(3, acrossPartitions: true);
    }

    [Fact]
    public async Task Lookups_of_one_thing_take_one_request()
    {
        await _engine.Engine.Workspaces.FindAsync(Workspace, Cancelled);
        Costs(1);
        await _engine.Engine.Peers.FindAsync(Workspace, "alice", Cancelled);
        Costs(1);
        await _engine.Engine.Sessions.FindAsync(Workspace, Session, Cancelled);
        Costs(1);
    }

    /// <summary>The limit for a lookup is one; the second asks the head whether the message's append is whole.</summary>
    [Fact]
    public async Task Lookup_of_a_message_takes_two_requests()
    {
        var message = (await AppendAsync(1))[0];
        _engine.Gateway.Taken();
        await _engine.Engine.Messages.FindAsync(Workspace, Session, message.Id, Cancelled);
        Costs(2);
    }

    /// <summary>
    /// Twenty messages of two senders, each observed by itself: two pairs. The limit is 3 + 2 per pair + 1 per hundred conclusions; what the window rests on
    /// (messages, members, peers, settings, saved answers, watermarks) takes eight, an answer one, a pair four, and the head is read before and after: whether
    /// something was erased meanwhile.
    /// </summary>
    [Fact]
    public async Task Planning_a_batch_takes_seven_requests_and_deriving_it_twenty()
    {
        await AppendAsync(20);
        _engine.Gateway.Taken();
        var steps = await _engine.Engine.Planner.PlanAsync(Conversation, Cancelled);
        Costs(7);
        await _engine.Engine.Runner.RunAsync(steps.OfType<WorkStep.Derive>().Single(), Cancelled);
        Costs(20);
    }

    [Fact]
    public async Task Work_on_a_session_and_its_pairs_names_its_partitions()
    {
        await AppendAsync(20);
        await _engine.Engine.Representations.RenderAsync(new RepresentationRequest(Workspace, "alice", "alice"), Cancelled);
        await _engine.WorkAsync(Conversation, Cancelled);
        Costs(int.MaxValue);
    }

    private Task<IReadOnlyList<Message>> AppendAsync(int messages) => _engine.Engine.Messages.AppendAsync(
        Workspace, Session, [.. Enumerable.Range(0, messages).Select(i => new NewMessage(i % 2 == 0 ? "alice" : "bob", $"I have {i} cats and I like tea number {i}."))], Cancelled);

    private void Costs(int limit, bool acrossPartitions = false)
    {
        var taken = _engine.Gateway.Taken();
        var listed = string.Join(Environment.NewLine, taken);
        TestContext.Current.TestOutputHelper!.WriteLine($"{taken.Count} of {limit}\n{listed}");
        Assert.True(taken.Count <= limit, listed);
        Assert.True(acrossPartitions || taken.All(request => request.HasFullKey), listed);
    }
}
