using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Slack;

/// <summary>A conversation of a Slack workspace. Messages are named by their time in it.</summary>
internal sealed record SlackPlace(string Team, string Channel, bool IsDirect)
{
    /// <summary>What stands in no thread of a channel may become the first of one, whose name it has already.</summary>
    public ChatPlace Of(string ts, string? thread) => new($"{Team}_{Channel}", (thread ?? (IsDirect ? null : ts))?.Replace('.', '-'), IsDirect);

    public string KeyOf(string ts) => $"{Team}/{Channel}/{ts}";

    public PlatformEvent Deleted(string ts, string? thread) => new PlatformEvent.Deleted(Of(ts, thread), KeyOf(ts), PlatformTime.OfSeconds(ts) ?? DateTimeOffset.UnixEpoch);
}
