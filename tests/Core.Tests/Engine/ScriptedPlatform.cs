using System.Collections.Concurrent;
using Kith.Core.Platforms;

namespace Kith.Core.Tests.Engine;

/// <summary>Takes note of what is said on platforms, and answers as it is told.</summary>
internal sealed class ScriptedPlatform : IPlatformSender
{
    private readonly ConcurrentQueue<PlatformCall> _calls = [];

    public IReadOnlyList<PlatformCall> Calls => [.. _calls];

    /// <summary>One each; when there are no more, a success.</summary>
    public ConcurrentQueue<PlatformAnswer> Answers { get; } = [];

    /// <summary>Runs after something was said, before the answer is known.</summary>
    public Action? Said { get; set; }

    public Task<PlatformAnswer> SendAsync(PlatformCall call, CancellationToken cancellationToken)
    {
        _calls.Enqueue(call);
        Said?.Invoke();
        return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : new PlatformAnswer(200, null));
    }
}
