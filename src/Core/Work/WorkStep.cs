using System.Text.Json.Serialization;
using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>One idempotent piece of background work. Ranges are of sequences: after &lt; sequence ≤ through.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(Index), nameof(Index))]
[JsonDerivedType(typeof(Derive), nameof(Derive))]
[JsonDerivedType(typeof(Summarise), nameof(Summarise))]
[JsonDerivedType(typeof(Settle), nameof(Settle))]
[JsonDerivedType(typeof(Wait), nameof(Wait))]
[JsonDerivedType(typeof(Reply), nameof(Reply))]
[JsonDerivedType(typeof(PurgeSession), nameof(PurgeSession))]
[JsonDerivedType(typeof(ExpireThread), nameof(ExpireThread))]
[JsonDerivedType(typeof(PurgeWorkspace), nameof(PurgeWorkspace))]
[JsonDerivedType(typeof(ProjectWorkspace), nameof(ProjectWorkspace))]
[JsonDerivedType(typeof(Consolidate), nameof(Consolidate))]
[JsonDerivedType(typeof(IndexConclusions), nameof(IndexConclusions))]
[JsonDerivedType(typeof(Rebuild), nameof(Rebuild))]
[JsonDerivedType(typeof(Erase), nameof(Erase))]
[JsonDerivedType(typeof(Import), nameof(Import))]
[JsonDerivedType(typeof(Reembed), nameof(Reembed))]
[JsonDerivedType(typeof(Replay), nameof(Replay))]
[JsonDerivedType(typeof(Announce), nameof(Announce))]
[JsonDerivedType(typeof(Deliver), nameof(Deliver))]
[JsonDerivedType(typeof(Edit), nameof(Edit))]
public abstract record WorkStep(Partition Partition)
{
    /// <summary>Embeds and indexes messages.</summary>
    public sealed record Index(Partition Partition, long After, long Through) : WorkStep(Partition);

    /// <summary>Derives conclusions from a window of messages, for every sender in it.</summary>
    public sealed record Derive(Partition Partition, long After, long Through) : WorkStep(Partition);

    public sealed record Summarise(Partition Partition, SummaryKind Kind, long After, long Through) : WorkStep(Partition);

    /// <summary>Makes anew what was made of messages that were edited.</summary>
    /// <param name="Through">How often there were edits when this was planned.</param>
    public sealed record Edit(Partition Partition, long Through) : WorkStep(Partition);

    /// <summary>Nothing else is due: repairs the directory's copies and takes the session off the sweep, unless something came in.</summary>
    public sealed record Settle(Partition Partition, long Visible) : WorkStep(Partition);

    /// <summary>Messages wait for more before they are derived, and nothing else is due: the sweep looks again at a time.</summary>
    public sealed record Wait(Partition Partition, long Visible, DateTimeOffset Until) : WorkStep(Partition);

    /// <summary>Has an agent answer a message.</summary>
    public sealed record Reply(Partition Partition, string MessageId) : WorkStep(Partition);

    public sealed record PurgeSession(Partition Partition) : WorkStep(Partition);

    /// <summary>Expires a thread, if its time has come.</summary>
    public sealed record ExpireThread(Partition Partition) : WorkStep(Partition);

    public sealed record PurgeWorkspace(Partition Partition) : WorkStep(Partition);

    /// <summary>Repairs the registry's copy of a workspace.</summary>
    public sealed record ProjectWorkspace(Partition Partition) : WorkStep(Partition);

    /// <summary>Consolidates one pair.</summary>
    public sealed record Consolidate(Partition Partition) : WorkStep(Partition);

    /// <summary>Indexes conclusions whose writer died or could not embed them.</summary>
    public sealed record IndexConclusions(Partition Partition, IReadOnlyList<string> Ids) : WorkStep(Partition);

    /// <summary>The next piece of a rebuild.</summary>
    public sealed record Rebuild(Partition Partition) : WorkStep(Partition);

    /// <summary>The next piece of an erasure.</summary>
    public sealed record Erase(Partition Partition, string Id) : WorkStep(Partition);

    /// <summary>The next chunk of an import.</summary>
    public sealed record Import(Partition Partition) : WorkStep(Partition);

    /// <summary>Asks for the vectors of workspaces that were embedded by another model than the configured one.</summary>
    public sealed record Reembed(Partition Partition) : WorkStep(Partition);

    /// <summary>Tries a failed step again.</summary>
    public sealed record Replay(Partition Partition, string Id) : WorkStep(Partition);

    /// <summary>Records deliveries of what happened in a pair's memory.</summary>
    public sealed record Announce(Partition Partition, string Id) : WorkStep(Partition);

    /// <summary>One try to deliver an event.</summary>
    public sealed record Deliver(Partition Partition, string Id) : WorkStep(Partition);
}
