using System.Collections.Frozen;

namespace Kith.Core.Filters;

/// <summary>The keys by which a resource may be filtered (spec/honcho-api.md §7).</summary>
/// <param name="Resource">As error texts name it.</param>
/// <param name="HasPeerPerspective">Whether <c>peer_perspective</c> is understood.</param>
public sealed record FilterSchema(string Resource, FrozenDictionary<string, FilterColumn> Columns, bool HasPeerPerspective = false)
{
    private static readonly FilterColumn Name = new(Field.Text("name"));
    private static readonly FilterColumn WorkspaceId = new(Field.Text("workspaceId"));
    private static readonly FilterColumn SessionId = new(Field.Text("sessionId"));
    private static readonly FilterColumn CreatedAt = new(Field.Time("createdAt"));
    private static readonly FilterColumn Metadata = new(Field.Json("metadata"));
    private static readonly FilterColumn Observer = new(Field.Text("observer"));
    private static readonly FilterColumn Observed = new(Field.Text("observed"));

    public static FilterSchema Workspace { get; } = Of("Workspace", ("id", Name), ("created_at", CreatedAt), ("metadata", Metadata));

    public static FilterSchema Peer { get; } =
        Of("Peer", ("id", Name), ("workspace_id", WorkspaceId), ("created_at", CreatedAt), ("metadata", Metadata));

    public static FilterSchema Session { get; } = Of(
        "Session",
        ("id", Name), ("workspace_id", WorkspaceId), ("is_active", new(Field.Boolean("isActive"))), ("created_at", CreatedAt), ("metadata", Metadata));

    public static FilterSchema Message { get; } = Of(
        "Message",
        ("workspace_id", WorkspaceId), ("session_id", SessionId), ("peer_id", new(Field.Text("peerId"))),
        ("token_count", new(Field.Number("tokenCount"))), ("created_at", CreatedAt), ("metadata", Metadata));

    public static FilterSchema MessageSearch { get; } = Message with { HasPeerPerspective = true };

    public static FilterSchema Conclusion { get; } = Of(
        "Conclusion",
        ("id", new(Field.Text("id"))), ("workspace_id", WorkspaceId), ("session_id", SessionId),
        ("observer", Observer), ("observer_id", Observer), ("observed", Observed), ("observed_id", Observed),
        ("level", new(Field.Text("level"), ["explicit", "deductive", "inductive", "contradiction"])), ("content", new(Field.Text("content"))),
        ("times_derived", new(Field.Number("timesDerived"))), ("source_ids", new(Field.TextList("sourceIds"))),
        ("message_ids", new(Field.TextList("messageIds"))), ("created_at", CreatedAt), ("metadata", Metadata));

    private static FilterSchema Of(string resource, params (string Key, FilterColumn Column)[] columns) =>
        new(resource, columns.ToFrozenDictionary(column => column.Key, column => column.Column, StringComparer.Ordinal));
}
