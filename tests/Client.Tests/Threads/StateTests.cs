using Kith.Client.Threads;

namespace Kith.Client.Tests.Threads;

/// <summary>States that several write at a time, and those of workflows.</summary>
public sealed class StateTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly ConversationMemory _memory = host.Kith().Threads;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workflows_have_states_of_their_own()
    {
        await _memory.States.SetAsync("chat", new() { ["greeted"] = true }, cancellationToken: Cancelled);
        await _memory.States.UpdateAsync("chat", new() { ["visits"] = 2 }, Cancelled);
        Assert.Equal("""{"greeted":true,"visits":2}""", (await _memory.States.GetAsync("chat", Cancelled))!.Data.ToJsonString());
        Assert.Equal(["chat"], await _memory.States.ListAsync(Cancelled));
        Assert.True(await _memory.States.DeleteAsync("chat", Cancelled));
        Assert.False(await _memory.States.DeleteAsync("chat", Cancelled));
        Assert.Null(await _memory.States.GetAsync("chat", Cancelled));
    }

    [Fact]
    public async Task A_first_state_is_written_once()
    {
        var id = (await _memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        await _memory.SetStateAsync(id, new() { ["a"] = 1 }, etag: ConversationState.None, cancellationToken: Cancelled);
        await Assert.ThrowsAsync<KithStaleException>(() => _memory.SetStateAsync(id, new() { ["a"] = 2 }, etag: ConversationState.None, cancellationToken: Cancelled));
        await _memory.States.SetAsync("chat", [], etag: ConversationState.None, cancellationToken: Cancelled);
        await Assert.ThrowsAsync<KithStaleException>(() => _memory.States.SetAsync("chat", [], etag: ConversationState.None, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Of_two_first_runs_one_state_stays_and_both_answers()
    {
        var id = (await _memory.CreateThreadAsync("custom_analysis", cancellationToken: Cancelled)).ThreadId;
        var other = new CustomAnalysisWorkflow(_ => "- Theirs", _memory);
        var workflow = new CustomAnalysisWorkflow(
            _ =>
            {
                other.RunAsync("Be faster", id, cancellationToken: Cancelled).Wait(Cancelled);
                return "- Mine";
            },
            _memory);
        await Assert.ThrowsAsync<KithStaleException>(() => workflow.RunAsync("Be slower", id, cancellationToken: Cancelled));
        Assert.Equal(["Theirs"], (await workflow.GetStateAsync(id, Cancelled))!.Findings);
        Assert.Equal(["Be slower", "Be faster", "- Theirs", "- Mine"], (await _memory.GetMessagesAsync(id, cancellationToken: Cancelled)).Select(message => message.Content));
    }

    [Fact]
    public async Task Writers_of_one_state_lose_nothing()
    {
        var id = (await _memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _memory.UpdateStateAsync(id, state => Examined(state ?? new(), $"{i}.py"), StateJson.Default.AnalysisState, Cancelled)));
        Assert.Equal(8, (await _memory.GetStateAsync(id, StateJson.Default.AnalysisState, Cancelled))!.FilesExamined.Distinct().Count());

        static AnalysisState Examined(AnalysisState state, string file)
        {
            state.FilesExamined.Add(file);
            return state;
        }
    }
}
