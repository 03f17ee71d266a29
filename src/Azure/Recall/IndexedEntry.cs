using Kith.Core;
using Kith.Core.Recall;

namespace Kith.Azure.Recall;

/// <summary>A document of the search index. What a search does not select, and what an entry does not have, is null.</summary>
internal sealed record IndexedEntry
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    public required string Key { get; init; }

    public string? Workspace { get; init; }

    /// <summary>See <see cref="KindOf"/>.</summary>
    public string? Kind { get; init; }

    public string? Id { get; init; }

    public string? Text { get; init; }

    /// <summary>The text as Kith cuts and stems it (see <see cref="SearchTerms"/>), so that every index finds the same words in every language.</summary>
    public string? Terms { get; init; }

    /// <summary>The words of the author's id: who is asked about is often who said it.</summary>
    public string? Author { get; init; }

    public string? Session { get; init; }

    public long? Sequence { get; init; }

    public string? Peer { get; init; }

    public string? Observer { get; init; }

    public string? Observed { get; init; }

    public string? Level { get; init; }

    /// <summary>Microseconds since 1970: the service's own times end at milliseconds.</summary>
    public long? CreatedAt { get; init; }

    /// <summary>Which embedder made the vector.</summary>
    public string? Model { get; init; }

    public ReadOnlyMemory<float>? Vector { get; init; }

    public static IndexedEntry Of(RecallEntry entry, IEmbedder embedder)
    {
        var hasVector = entry.Vector.Length == embedder.Dimensions && entry.Vector.Span.ContainsAnyExcept(0f);
        return new IndexedEntry
        {
            Key = KeyOf(entry.Workspace, entry.Kind, entry.Id),
            Workspace = entry.Workspace,
            Kind = KindOf(entry.Kind),
            Id = entry.Id,
            Text = entry.Text,
            Terms = SearchTerms.Of(entry.Text),
            Author = entry.Peer is null ? null : SearchTerms.Of(entry.Peer),
            Session = entry.Session,
            Sequence = entry.Sequence,
            Peer = entry.Peer,
            Observer = entry.Observer,
            Observed = entry.Observed,
            Level = entry.Level,
            CreatedAt = Microseconds(entry.CreatedAt),
            Model = hasVector ? entry.Model : null,
            // A bare null would become an empty vector.
            Vector = hasVector ? entry.Vector : (ReadOnlyMemory<float>?)null,
        };
    }

    /// <summary>Without its vector, which is never selected.</summary>
    public RecallEntry ToEntry(string workspace, RecallKind kind) => new()
    {
        Workspace = workspace,
        Kind = kind,
        Id = Id!,
        Text = Text!,
        Session = Session,
        Sequence = Sequence ?? 0,
        Peer = Peer,
        Observer = Observer,
        Observed = Observed,
        Level = Level,
        CreatedAt = DateTimeOffset.UnixEpoch.AddTicks((CreatedAt ?? 0) * TicksPerMicrosecond),
    };

    /// <summary>A digest: ids may hold what keys may not, and be longer together than a key. It begins with a letter, as keys must not with an underscore.</summary>
    public static string KeyOf(string workspace, RecallKind kind, string id) => $"k{Ids.Of(workspace, KindOf(kind), id)}";

    public static string KindOf(RecallKind kind) => kind == RecallKind.Message ? "message" : "conclusion";

    public static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TicksPerMicrosecond;
}
