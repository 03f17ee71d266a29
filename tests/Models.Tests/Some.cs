using Kith.Core;
using Kith.Core.Reasoning;

namespace Kith.Models.Tests;

/// <summary>Values that many tests need.</summary>
internal static class Some
{
    /// <summary>Words that only conversations hold: they must be in no system message and in no exception.</summary>
    public const string Secret = "zanzibar-marmalade";

    public static DateTimeOffset Time { get; } = new(2026, 3, 6, 10, 0, 0, TimeSpan.Zero);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Turn Turn(string id, string peer, string content) => new(id, peer, content, Time);

    public static DeriveRequest Derive(params Turn[] turns) => new("demo", "s1", "alice", turns);

    public static SummaryRequest Summary(int maxTokens = 100) => new("demo", "s1", "They met.", [Turn("m1", "alice", $"I like {Secret}.")], maxTokens);

    public static RecalledConclusion Conclusion(string id, string content, string level = "explicit") => new(id, content, level, Time, "s1", [$"said-{id}"], 1, 0.1);

    public static RecalledMessage Message(string id, string content) => new(id, "s1", "alice", content, Time, 1, 0.1);

    public static Question Question(string text = "Where does alice live?") => new("demo", "bob", "alice", text);

    public static MemoryTools Memory(RecalledConclusion[] conclusions, params RecalledMessage[] messages) =>
        new((request, _) => Task.FromResult(request is ToolRequest.SearchMemory ? new Found(conclusions, []) : new Found([], [.. messages.Select(message => new[] { message })])));

    /// <param name="onPart">Called when a part has arrived.</param>
    public static async Task<(string Text, AnswerPart.Grounds Grounds)> ReadAsync(this IAsyncEnumerable<AnswerPart> answer, Action? onPart = null)
    {
        var parts = new List<AnswerPart>();
        await foreach (var part in answer)
        {
            parts.Add(part);
            onPart?.Invoke();
        }

        var grounds = Assert.Single(parts.OfType<AnswerPart.Grounds>());
        Assert.Same(grounds, parts[^1]);
        return (string.Concat(parts.OfType<AnswerPart.Text>().Select(part => part.Content)), grounds);
    }

    /// <summary>That the call fails with this code and says nothing of what was said.</summary>
    public static async Task<KithException> FailsAsync(ErrorCode code, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<KithException>(call);
        Assert.Equal(code, exception.Code);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        return exception;
    }
}
