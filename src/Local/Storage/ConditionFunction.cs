using System.Text.Json;
using Kith.Core.Filters;
using Microsoft.Data.Sqlite;

namespace Kith.Local.Storage;

/// <summary>The SQL function <c>kith_matches(body, index)</c>: whether a body meets one of the running statement's conditions.</summary>
internal sealed class ConditionFunction
{
    public const string Name = "kith_matches";

    public ConditionFunction(SqliteConnection connection) =>
        connection.CreateFunction<byte[], long, bool>(Name, Matches, isDeterministic: true);

    /// <summary>By index; to be set before the statement runs. Statements stay the same for all conditions of one shape.</summary>
    public IReadOnlyList<Condition> Conditions { get; set; } = [];

    private bool Matches(byte[] body, long index)
    {
        using var document = JsonDocument.Parse(body);
        return ConditionEvaluator.Matches(Conditions[(int)index], document.RootElement);
    }
}
