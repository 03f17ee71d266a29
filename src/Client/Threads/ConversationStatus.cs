using System.Text.Json.Serialization;

namespace Kith.Client.Threads;

/// <summary>Where a thread stands.</summary>
public enum ConversationStatus
{
    /// <summary>It goes on.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>It has come to its end.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>It is put away, and removed by <see cref="ConversationMemory.CleanupArchivedThreadsAsync"/>.</summary>
    [JsonStringEnumMemberName("archived")]
    Archived,
}
