using System.Text.Json;

namespace Kith.Core.Platforms;

/// <summary>Something that a platform told, verified and in Kith's words.</summary>
public abstract record PlatformEvent
{
    private PlatformEvent()
    {
    }

    /// <summary>A message, or a new version of one.</summary>
    /// <param name="Key">The platform's name for the message, the same for every version and repetition.</param>
    /// <param name="At">When it was said.</param>
    public sealed record Said(ChatPlace Place, string Key, Person Author, string Text, DateTimeOffset At) : PlatformEvent
    {
        public IReadOnlyList<Attachment> Attachments { get; init; } = [];

        /// <summary>Peers that are named.</summary>
        public IReadOnlyList<string> Mentions { get; init; } = [];

        /// <summary>When it was changed; null for what nobody changed.</summary>
        public DateTimeOffset? EditedAt { get; init; }

        /// <summary>Whether it is meant for the agent.</summary>
        public bool IsAddressed { get; init; }

        /// <summary>What the platform's API needs to answer it, ids only; null where it cannot be answered.</summary>
        public JsonElement? ReplyTo { get; init; }

        /// <summary>Asks for an answer whatever the connection says: a command.</summary>
        public bool DemandsReply { get; init; }
    }

    /// <summary>A message was taken back.</summary>
    public sealed record Deleted(ChatPlace Place, string Key, DateTimeOffset SaidAt) : PlatformEvent;

    /// <summary>A person is called otherwise now.</summary>
    public sealed record Renamed(Person Person) : PlatformEvent;

    /// <summary>A person wants everything of theirs erased, and confirmed it.</summary>
    public sealed record Forget(Person Person) : PlatformEvent;
}
