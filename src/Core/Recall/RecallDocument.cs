using Kith.Core.Storage;

namespace Kith.Core.Recall;

/// <summary>A recall entry as a document beside what it finds: in the session's partition or the pair's.</summary>
internal sealed record RecallDocument
{
    public const string TypeName = "recall";

    /// <summary>No id that people choose begins so, nor any that Kith makes.</summary>
    private const string IdPrefix = "$recall.";

    public string Type { get; } = TypeName;

    /// <summary>Of the message or the conclusion.</summary>
    public required string EntryId { get; init; }

    public required string Text { get; init; }

    public string? Session { get; init; }

    public long Sequence { get; init; }

    public string? Peer { get; init; }

    public string? Observer { get; init; }

    public string? Observed { get; init; }

    public string? Level { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which embedder made the vector.</summary>
    public string? Model { get; init; }

    /// <summary>See <see cref="PackedVector"/>.</summary>
    public byte[]? Vector { get; init; }

    public static string IdOf(string entryId) => IdPrefix + entryId;

    public static Partition PartitionOf(RecallEntry entry) => entry.Kind == RecallKind.Message
        ? Partition.Conversation(entry.Workspace, entry.Session!)
        : Partition.Memory(entry.Workspace, entry.Observer!, entry.Observed!);

    public static RecallDocument Of(RecallEntry entry) => new()
    {
        EntryId = entry.Id,
        Text = entry.Text,
        Session = entry.Session,
        Sequence = entry.Sequence,
        Peer = entry.Peer,
        Observer = entry.Observer,
        Observed = entry.Observed,
        Level = entry.Level,
        CreatedAt = entry.CreatedAt,
        Model = entry.Vector.IsEmpty ? null : entry.Model,
        Vector = entry.Vector.IsEmpty ? null : PackedVector.Pack(entry.Vector.Span),
    };

    public RecallEntry ToEntry(string workspace, RecallKind kind) => new()
    {
        Workspace = workspace,
        Kind = kind,
        Id = EntryId,
        Text = Text,
        Session = Session,
        Sequence = Sequence,
        Peer = Peer,
        Observer = Observer,
        Observed = Observed,
        Level = Level,
        CreatedAt = CreatedAt,
        Model = Model,
        Vector = Vector is null ? default : PackedVector.Unpack(Vector),
    };
}
