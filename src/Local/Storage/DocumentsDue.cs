using Kith.Core;
using Kith.Core.Storage;

namespace Kith.Local.Storage;

/// <summary>The sweep's query.</summary>
internal static class DocumentsDue
{
    public static IReadOnlyList<DueDocument> Read(SqliteSession session, DueQuery query, long now)
    {
        var (index, where) = query.Workspace is null ? ("documents_due", "") : ("documents_due_of_workspace", "workspace = $5 AND");
        if (query.Containers is { } containers)
            where += $" container IN ({string.Join(',', containers.Select(container => (int)container))}) AND";
        var sql = $"""
            SELECT container, workspace, second, third, id, type, due_at FROM documents INDEXED BY {index}
            WHERE {where} due_at >= $4 AND due_at <= $1 AND (expires_at IS NULL OR expires_at > $2) ORDER BY due_at LIMIT $3
            """;
        object[] values = [Timestamp.Of(query.Before), now, (long)query.Limit, query.From is { } from ? Timestamp.Of(from) : ""];
        using var reader = session.Command(sql, query.Workspace is { } workspace ? [.. values, workspace] : values).ExecuteReader();
        var due = new List<DueDocument>();
        while (reader.Read())
        {
            var partition = Partition.Of((Container)reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3));
            due.Add(new DueDocument(partition, reader.GetString(4), reader.GetString(5), Timestamp.Parse(reader.GetString(6))));
        }
        return due;
    }
}
