using System.Text.Json;
using Kith.Core.Threads;

namespace Kith.Core.Tests.Engine;

/// <summary>Many writers of one thing in one process: all of them are served.</summary>
public sealed class ContentionTests
{
    private const int Writers = 32;
    private const int WritesEach = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_writers_of_one_threads_state_all_succeed_and_none_overwrites_another()
    {
        await using var engine = new TestEngine();
        await engine.Core.Threads.CreateAsync(TestEngine.Tenant, new NewThread("chat") { Id = "t" }, Cancel);
        await StormAsync((writer, number) => engine.Core.ThreadStates.ChangeAsync(TestEngine.Tenant, "t", Setting(writer, number), Precondition.None, Cancel));
        var state = await engine.Core.ThreadStates.FindAsync(TestEngine.Tenant, "t", Cancel);
        Assert.Equal(Writers * WritesEach, state!.Data.EnumerateObject().Count());
    }

    [Fact]
    public async Task Many_writers_of_one_workflows_state_all_succeed_and_none_overwrites_another()
    {
        await using var engine = new TestEngine();
        await StormAsync((writer, number) => engine.Core.WorkflowStates.ChangeAsync(TestEngine.Tenant, "chat", Setting(writer, number), Precondition.None, Cancel));
        var state = await engine.Core.WorkflowStates.GetAsync(TestEngine.Tenant, "chat", Cancel);
        Assert.Equal(Writers * WritesEach, state.Data.EnumerateObject().Count());
    }

    private static Task StormAsync(Func<int, int, Task> write) => Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
    {
        for (var number = 0; number < WritesEach; number++)
            await write(writer, number);
    })));

    private static StateChange Setting(int writer, int number) =>
        new(JsonSerializer.SerializeToElement(new Dictionary<string, int> { [$"{writer}.{number}"] = 1 })) { Merges = true };
}
