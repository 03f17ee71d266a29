using System.Globalization;

namespace Kith.Core.Platforms;

/// <summary>Where something is said on a platform.</summary>
/// <param name="Channel">The platform's id of a channel or chat, in what it is unique in.</param>
/// <param name="Thread">Null where threads are not, or nothing says.</param>
/// <param name="IsDirect">Nobody but the person and the agent reads it.</param>
public sealed record ChatPlace(string Channel, string? Thread = null, bool IsDirect = false)
{
    /// <param name="at">When it was said.</param>
    internal string SessionOf(Platform platform, SessionStrategy strategy, DateTimeOffset at) => platform.NameOf((strategy, Thread) switch
    {
        (SessionStrategy.Thread, { } thread) => $"{Channel}_{thread}",
        (SessionStrategy.Day, _) => $"{Channel}_{at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        _ => Channel,
    });
}
