using System.Globalization;
using Kith.Core;

namespace Kith.Local.Storage;

/// <summary>The tables of the document store, and the version of the file (SQLite's <c>user_version</c>).</summary>
internal static class DocumentSchema
{
    private const int Version = 1;

    // Levels that a partition has not are empty text: in SQLite nulls are all different, and the key would not be unique.
    // With rowids, pages are a third faster than WITHOUT ROWID (measured): an index entry leads to its row by a number, not by the long key.
    // Container 2 is Memory, the only one with observers.
    private const string Tables = """
        CREATE TABLE documents (
            container  INTEGER NOT NULL,
            workspace  TEXT NOT NULL,
            second     TEXT NOT NULL,
            third      TEXT NOT NULL,
            id         TEXT NOT NULL,
            etag       TEXT NOT NULL,
            expires_at INTEGER,
            type       TEXT NOT NULL,
            created_at TEXT NOT NULL,
            sequence   INTEGER,
            due_at     TEXT,
            body       TEXT NOT NULL);
        CREATE UNIQUE INDEX documents_key ON documents (container, workspace, second, third, id);
        CREATE INDEX documents_created ON documents (container, workspace, second, third, type, created_at, id);
        CREATE INDEX documents_sequence ON documents (container, workspace, second, third, type, sequence, id) WHERE sequence IS NOT NULL;
        CREATE INDEX documents_workspace ON documents (container, workspace, type, created_at, id, second, third);
        CREATE INDEX documents_observer ON documents (container, workspace, second, type, created_at, id, third) WHERE container = 2;
        CREATE INDEX documents_id ON documents (container, workspace, id) WHERE container = 2;
        CREATE INDEX documents_due ON documents (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX documents_due_of_workspace ON documents (workspace, due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX documents_expiry ON documents (expires_at) WHERE expires_at IS NOT NULL;
        """;

    /// <exception cref="KithException"><see cref="ErrorCode.Unavailable"/>: the file was written by a newer version.</exception>
    public static void Ensure(SqliteSession session)
    {
        var found = Convert.ToInt32(session.Command("PRAGMA user_version").ExecuteScalar(), CultureInfo.InvariantCulture);
        if (found > Version)
            throw new KithException(ErrorCode.Unavailable, $"The data folder was written by a newer version of Kith (schema {found}; this version knows {Version}).");
        if (found < Version)
            session.Execute($"BEGIN IMMEDIATE; {Tables} PRAGMA user_version = {Version}; COMMIT;");
    }
}
