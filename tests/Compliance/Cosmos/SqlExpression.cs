namespace Kith.Compliance.Tests.Cosmos;

/// <summary>What an expression sees while it is evaluated.</summary>
/// <param name="Item">The value that the FROM clause names.</param>
/// <param name="Count">Rows, for COUNT; null where there is nothing to count yet.</param>
internal sealed record SqlScope(object? Item, IReadOnlyDictionary<string, object?> Parameters, int? Count = null);

/// <summary>An expression; undefined is what operators make of operands that they do not take.</summary>
internal delegate object? SqlExpression(SqlScope scope);

internal sealed record SqlSort(SqlExpression Key, bool Descending);

/// <summary>A statement.</summary>
/// <param name="Counts">Whether all rows become one, because the selection counts them.</param>
internal sealed record SqlStatement(
    SqlExpression Selection, bool Counts, SqlExpression? Where, IReadOnlyList<SqlSort> Sorts, SqlExpression? Top, SqlExpression? Offset, SqlExpression? Limit);
