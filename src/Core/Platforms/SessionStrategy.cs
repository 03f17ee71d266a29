namespace Kith.Core.Platforms;

/// <summary>What of a platform is one session.</summary>
public enum SessionStrategy
{
    /// <summary>A channel or a chat with all its threads.</summary>
    Channel,

    /// <summary>Each thread; what stands in none is one with the channel, or begins a thread where the platform has it so.</summary>
    Thread,

    /// <summary>A channel's day, in UTC.</summary>
    Day,
}
