using System.Text.Json;
using Kith.Compliance.Tests.Cosmos;
using Kith.Core;
using Kith.Core.Context;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Recall;
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
        await WarmAsync();
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

    /// <summary>The limit is four; with a target there are its card and its conclusions as well, and once in ten seconds which peers of the workspace are linked.</summary>
    [Fact]
    public async Task Session_context_takes_three_requests_and_two_more_with_a_target()
    {
        await _engine.Engine.Contexts.OfSessionAsync(new SessionContextRequest(Workspace, Session), Cancelled);
        Costs(3);
        var ofAlice = new SessionContextRequest(Workspace, Session) { Target = "alice" };
        await _engine.Engine.Contexts.OfSessionAsync(ofAlice, Cancelled);
        Costs(6);
        await _engine.Engine.Contexts.OfSessionAsync(ofAlice, Cancelled);
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
        var message = (await AppendAsync(1))[0];
        Forget();
        Assert.NotNull(await _engine.Engine.Messages.FindAsync(Workspace, Session, message.Id, Cancelled));
        Costs(1);
    }

    /// <summary>What the session and its projections stand at, the workspace's settings, the messages of the window, their authors' settings, and the plan.</summary>
    [Fact]
    public async Task Planning_takes_five_requests()
    {
        await AppendAsync(20);
        Forget();
        await _engine.Engine.Planner.PlanAsync(Conversation, Cancelled);
        Costs(5);
    }

    /// <summary>
    /// One batch of one sender: three (the window with all that it rests on, the answer, the watermarks) and two per pair (what is known, and the batch with conclusions, card
    /// and dream state), one more for each hundred conclusions. In AI Search each statement is looked for once per pair, and all of a pair are written at once.
    /// </summary>
    [Theory]
    [InlineData(20, 0)]
    [InlineData(20, 1)]
    [InlineData(20, 3)]
    [InlineData(100, 0)]
    [InlineData(100, 2)]
    public async Task Deriving_a_batch_takes_three_requests_two_for_each_pair_and_one_for_a_hundred_conclusions(int messages, int others)
    {
        var step = await PlannedAsync(messages, others);
        Forget();
        await _engine.Engine.Runner.RunAsync(step, Cancelled);
        var (cosmos, search) = Taken();

        var pairs = 1 + others;
        var conclusions = await ConclusionsAsync();
        Assert.Equal(messages * pairs, conclusions);
        AssertAtMost(3 + (2 * pairs) + (conclusions / 100), cosmos, acrossPartitions: false);
        Assert.InRange(search, 1, conclusions + pairs);
    }

    /// <summary>A step that is late reads again what may have been changed since it was planned.</summary>
    [Fact]
    public async Task Deriving_ten_seconds_after_the_plan_takes_two_requests_more()
    {
        var step = await PlannedAsync(20, 0);
        _engine.Time.Advance(TimeSpan.FromSeconds(10));
        Forget();
        await _engine.Engine.Runner.RunAsync(step, Cancelled);
        AssertAtMost(3 + 2 + 2, Taken().Cosmos, acrossPartitions: false);
    }

    [Fact]
    public async Task Deriving_what_has_been_derived_takes_one_request()
    {
        var step = await PlannedAsync(20, 0);
        await _engine.Engine.Runner.RunAsync(step, Cancelled);
        Forget();
        await _engine.Engine.Runner.RunAsync(step, Cancelled);
        Costs(1);
    }

    /// <summary>Of AI Search: the text and the vector are asked for, each once.</summary>
    [Fact]
    public async Task A_search_takes_two_requests_to_the_index()
    {
        await _engine.Engine.MessageSearch.SearchAsync(new MessageSearchRequest(Workspace, "cats") { Session = Session }, Cancelled);
        Assert.Equal(2, Taken().Search);
        await _engine.Engine.Conclusions.QueryAsync(Workspace, "alice", "alice", "cats", 10, null, null, Clocks.Now, Cancelled);
        Assert.Equal(2, Taken().Search);
    }

    /// <summary>
    /// Without a search service its part is done by Cosmos DB: of each pair the entries are read once for all statements, and written with a look for copies elsewhere.
    /// </summary>
    [Theory]
    [InlineData(20, 0)]
    [InlineData(20, 3)]
    [InlineData(100, 1)]
    public async Task Without_search_deriving_a_batch_takes_three_requests_more_for_each_pair(int messages, int others)
    {
        await WithoutSearchAsync();
        var step = await PlannedAsync(messages, others);
        Forget();
        await _engine.Engine.Runner.RunAsync(step, Cancelled);

        var (cosmos, search) = Taken();
        var pairs = 1 + others;
        Assert.Equal(0, search);
        Assert.Equal(messages * pairs, await ConclusionsAsync());
        AssertAtMost(3 + (5 * pairs) + (messages * pairs / 100), cosmos, acrossPartitions: true);
    }

    /// <summary>Appending, contexts and lists ask no index: without a search service they cost the same.</summary>
    [Fact]
    public async Task Without_search_a_search_of_a_session_reads_its_entries_in_one_request()
    {
        await WithoutSearchAsync();
        await AppendAsync(20);
        await _engine.WorkAsync(Conversation, Cancelled);
        Forget();
        await AppendAsync(1);
        await _engine.Engine.Contexts.OfSessionAsync(new SessionContextRequest(Workspace, Session), Cancelled);
        Costs(2 + 3);
        await _engine.WorkAsync(Conversation, Cancelled);
        Forget();
        await _engine.Engine.MessageSearch.SearchAsync(new MessageSearchRequest(Workspace, "cats") { Session = Session }, Cancelled);
        Costs(5);
    }

    [Fact]
    public async Task Work_on_a_session_and_its_pairs_names_its_partitions()
    {
        await AppendAsync(20);
        await _engine.Engine.Representations.RenderAsync(new RepresentationRequest(Workspace, "alice", "alice"), Cancelled);
        await _engine.WorkAsync(Conversation, Cancelled);
        Costs(int.MaxValue);
    }

    /// <summary>What a process asks for once in a while has been asked for.</summary>
    private async Task WarmAsync()
    {
        await AppendAsync(3);
        await _engine.WorkAsync(Conversation, Cancelled);
        Forget();
    }

    private async Task WithoutSearchAsync()
    {
        await _engine.DisposeAsync();
        _engine = await CosmosEngine.StartAsync(withSearch: false, Cancelled);
        await WarmAsync();
    }

    /// <summary>A batch of one sender, observed by so many others.</summary>
    private async Task<WorkStep> PlannedAsync(int messages, int others)
    {
        for (var i = 0; i < others; i++)
            await _engine.Engine.Sessions.AddMembersAsync(Workspace, "talk", new Dictionary<string, MemberSettings> { [$"observer{i}"] = new(ObserveOthers: true) }, Cancelled);
        for (var i = 0; i < messages; i += 50)
        {
            var from = i;
            await _engine.Engine.Messages.AppendAsync(
                Workspace, "talk", [.. Enumerable.Range(from, Math.Min(50, messages - from)).Select(n => new NewMessage("carol", $"I visited town number {n} with friends."))], Cancelled);
        }

        return (await _engine.Engine.Planner.PlanAsync(Partition.Conversation(Workspace, "talk"), Cancelled)).OfType<WorkStep.Derive>().Single();
    }

    private async Task<int> ConclusionsAsync() => (int)await _engine.Engine.Store.CountAsync(
        Partition.WholeWorkspace(Container.Memory, Workspace), new Query("conclusion") { Where = new Condition.Compare(Field.Text("observed"), Comparison.Equal, "carol") }, Cancelled);

    private Task<IReadOnlyList<Message>> AppendAsync(int messages) => _engine.Engine.Messages.AppendAsync(
        Workspace, Session, [.. Enumerable.Range(0, messages).Select(i => new NewMessage(i % 2 == 0 ? "alice" : "bob", $"I have {i} cats and I like tea number {i}."))], Cancelled);

    /// <param name="limit">Of requests to both services.</param>
    private void Costs(int limit, bool acrossPartitions = false)
    {
        var (cosmos, search) = Taken();
        AssertAtMost(limit - search, cosmos, acrossPartitions);
    }

    private static void AssertAtMost(int limit, IReadOnlyList<GatewayRequest> taken, bool acrossPartitions)
    {
        var listed = string.Join(Environment.NewLine, taken);
        TestContext.Current.TestOutputHelper!.WriteLine($"{taken.Count} of {limit}\n{listed}");
        Assert.True(taken.Count <= limit, $"{taken.Count} of {limit}\n{listed}");
        Assert.True(acrossPartitions || taken.All(request => request.HasFullKey), listed);
    }

    private void Forget() => Taken();

    /// <summary>Since the last call.</summary>
    private (IReadOnlyList<GatewayRequest> Cosmos, int Search) Taken()
    {
        var search = _engine.Search.Calls.Count;
        _engine.Search.Forget();
        return (_engine.Gateway.Taken(), search);
    }
}
