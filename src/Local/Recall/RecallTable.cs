using Kith.Core;
using Kith.Core.Recall;
using Kith.Local.Storage;
using Microsoft.Data.Sqlite;

namespace Kith.Local.Recall;

/// <summary>The durable side of the recall index, in the store's file and through its writer: what a shelf is loaded from.</summary>
internal sealed class RecallTable(SqliteDatabase database)
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS recall (
            workspace  TEXT NOT NULL,
            kind       INTEGER NOT NULL,
            id         TEXT NOT NULL,
            session    TEXT,
            sequence   INTEGER NOT NULL,
            peer       TEXT,
            observer   TEXT,
            observed   TEXT,
            level      TEXT,
            created_at TEXT NOT NULL,
            text       TEXT NOT NULL,
            model      TEXT,
            vector     BLOB);
        CREATE UNIQUE INDEX IF NOT EXISTS recall_key ON recall (workspace, kind, id);
        CREATE INDEX IF NOT EXISTS recall_session ON recall (workspace, session);
        """;

    /// <summary>Must have finished before anything else is asked.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken) => database.WriteAsync(session => { session.Execute(Schema); }, cancellationToken);

    /// <param name="model">Vectors of others are not loaded.</param>
    /// <param name="add">Called for each entry in turn; its vector is empty when another model made it.</param>
    public void Load(string workspace, string model, Action<RecallEntry> add) => database.Read<object?>(session =>
    {
        // In the order of the index on sessions, which is near the order of the rows on disk.
        using var reader = session.Command(
            """
            SELECT kind, id, session, sequence, peer, observer, observed, level, created_at, text, CASE WHEN model = $2 THEN vector END
            FROM recall WHERE workspace = $1 ORDER BY session, rowid
            """,
            workspace, model).ExecuteReader();
        while (reader.Read())
        {
            add(new RecallEntry
            {
                Workspace = workspace,
                Kind = (RecallKind)reader.GetInt32(0),
                Id = reader.GetString(1),
                Session = Text(reader, 2),
                Sequence = reader.GetInt64(3),
                Peer = Text(reader, 4),
                Observer = Text(reader, 5),
                Observed = Text(reader, 6),
                Level = Text(reader, 7),
                CreatedAt = Timestamp.Parse(reader.GetString(8)),
                Text = reader.GetString(9),
                Model = model,
                Vector = reader.IsDBNull(10) ? default : PackedVector.Unpack(reader.GetFieldValue<byte[]>(10)),
            });
        }

        return null;
    });

    public Task UpsertAsync(IReadOnlyList<RecallEntry> entries, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        foreach (var entry in entries)
        {
            session.Execute(
                """
                INSERT INTO recall (workspace, kind, id, session, sequence, peer, observer, observed, level, created_at, text, model, vector)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                ON CONFLICT (workspace, kind, id) DO UPDATE SET
                    session = excluded.session, sequence = excluded.sequence, peer = excluded.peer, observer = excluded.observer,
                    observed = excluded.observed, level = excluded.level, created_at = excluded.created_at, text = excluded.text,
                    model = excluded.model, vector = excluded.vector
                """,
                entry.Workspace, (long)entry.Kind, entry.Id, entry.Session, entry.Sequence, entry.Peer, entry.Observer, entry.Observed, entry.Level,
                Timestamp.Of(entry.CreatedAt), entry.Text, entry.Vector.IsEmpty ? null : entry.Model, entry.Vector.IsEmpty ? null : PackedVector.Pack(entry.Vector.Span));
        }
    }, cancellationToken);

    public IReadOnlyList<RecallKey> List(string workspace, RecallKind kind, string? session, string? after, int limit) => database.Read(connection =>
    {
        using var reader = connection.Command(
            """
            SELECT id, session, observer, observed FROM recall
            WHERE workspace = $1 AND kind = $2 AND id > $3 AND ($4 IS NULL OR session = $4) ORDER BY id LIMIT $5
            """,
            workspace, (long)kind, after ?? "", session, (long)limit).ExecuteReader();
        var keys = new List<RecallKey>();
        while (reader.Read())
            keys.Add(new RecallKey(reader.GetString(0), Text(reader, 1), Text(reader, 2), Text(reader, 3)));
        return keys;
    });

    public Task DeleteAsync(string workspace, RecallKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(session =>
        {
            foreach (var id in ids)
                session.Execute("DELETE FROM recall WHERE workspace = $1 AND kind = $2 AND id = $3", workspace, (long)kind, id);
        }, cancellationToken);

    public Task DeleteSessionAsync(string workspace, string name, CancellationToken cancellationToken) =>
        database.WriteAsync(session => { session.Execute("DELETE FROM recall WHERE workspace = $1 AND session = $2", workspace, name); }, cancellationToken);

    public Task DeleteWorkspaceAsync(string workspace, CancellationToken cancellationToken) =>
        database.WriteAsync(session => { session.Execute("DELETE FROM recall WHERE workspace = $1", workspace); }, cancellationToken);

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
