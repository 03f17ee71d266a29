using Kith.Core;
using Kith.Core.Storage;

namespace Kith.Local.Storage;

/// <summary>The sweep's query.</summary>
internal static class DocumentsDue
{
    public static IReadOnlyList<DueDocument> Read(SqliteSession session, string? workspace, DateTimeOffset before, int limit, long now)
    {
        var (index, where) = workspace is null ? ("documents_due", "") : ("documents_due_of_workspace", "workspace = $4 AND");
        var sql = $"""
            SELECT container, workspace, second, third, id, type, due_at FROM documents INDEXED BY {index}
            WHERE {where} due_at <= $1 AND (expires_at IS NULL OR expires_at > $2) ORDER BY due_at LIMIT $3
            """;
        using var reader = (workspace is null
            ? session.Command(sql, Timestamp.Of(before), now, (long)limit)
            : session.Command(sql, Timestamp.Of(before), now, (long)limit, workspace)).ExecuteReader();
        var due = new List<DueDocument>();
        while (reader.Read())
        {
            var partition = Partition.Of((Container)reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3));
            due.Add(new DueDocument(partition, reader.GetString(4), reader.GetString(5), Timestamp.Parse(reader.GetString(6))));
        }
        return due;
    }
}
