using Microsoft.Data.Sqlite;

namespace Kith.Local.Storage;

/// <summary>A connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const int MaximumStatements = 256;

    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public SqliteSession(string connectionString)
    {
        Connection = new SqliteConnection(connectionString);
        Connection.Open();
        Matching = new ConditionFunction(Connection);
    }

    public SqliteConnection Connection { get; }

    public ConditionFunction Matching { get; }

    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <summary>
    /// The statement, prepared once per connection, with <c>$1</c>, <c>$2</c> … bound to the values (null, string, long, double or byte[]).
    /// One reader at a time may be open on the same text.
    /// </summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _commands.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    /// <summary>Runs a statement without a result; returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>Forgets all statements when they have become many: callers' filters decide on their shapes. No reader may be open.</summary>
    public void Trim()
    {
        if (_commands.Count > MaximumStatements)
            DisposeCommands();
    }

    public void Dispose()
    {
        DisposeCommands();
        Connection.Dispose();
    }

    private void DisposeCommands()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }
}
