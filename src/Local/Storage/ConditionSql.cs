using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kith.Core.Filters;

namespace Kith.Local.Storage;

/// <summary>
/// Compiles conditions to SQL whose text holds neither values nor names. Columns and the members that Core itself writes into bodies
/// are compared by SQLite, as far as it compares like <see cref="ConditionEvaluator"/>; the rest is one call of <see cref="ConditionFunction"/>
/// per list of parts. Users' JSON is always left to it: SQLite takes the first of equal names where the documented meaning takes the last,
/// misses names written with escapes, ends text at <c>\u0000</c> and rewrites numbers.
/// </summary>
internal sealed partial class ConditionSql(Func<object?, string> bind)
{
    // SQLite's own limits (depth of its parser and 999 parameters in old versions) are further away.
    private const int MaximumDepth = 8;
    private const int MaximumComparisons = 100;

    /// <summary>From here on doubles no longer tell integers apart, and SQLite, which does, would answer differently.</summary>
    private const double InexactIntegers = 1L << 53;

    private readonly List<Condition> _evaluated = [];
    private int _comparisons;

    /// <summary>What <see cref="ConditionFunction"/> has to evaluate.</summary>
    public IReadOnlyList<Condition> Evaluated => _evaluated;

    /// <summary>A column and the operator of a bound that the query has already, a closer one; no second one may take its place in the index.</summary>
    public (string Column, char Operator)? Bound { get; init; }

    /// <summary>An expression that is true (not 0, not null) when the condition holds.</summary>
    public string Compile(Condition condition) => Try(condition, 0) ?? Evaluate(condition);

    /// <summary>Null when the evaluator has to answer for all of it.</summary>
    private string? Try(Condition condition, int depth) => condition switch
    {
        _ when depth > MaximumDepth => null,
        Condition.All { Parts.Count: 0 } => "1",
        Condition.Any { Parts.Count: 0 } => "0",
        Condition.All all => Join(all.Parts, " AND ", rest => new Condition.All(rest), depth),
        Condition.Any any => Join(any.Parts, " OR ", rest => new Condition.Any(rest), depth),
        Condition.Not not => Negated(not.Part, depth),
        _ when ++_comparisons > MaximumComparisons => null,
        Condition.Compare { Comparison: Comparison.NotEqual, Field.Kind: not FieldKind.Json } compare =>
            Negated(compare with { Comparison = Comparison.Equal }, depth),
        Condition.Compare compare => OnColumn(compare) ?? OnMember(compare),
        Condition.IsNull isNull => IsMember(isNull.Field, out var path) ? $"coalesce(json_type(body, {bind(path)}), 'null') = 'null'" : null,
        Condition.In @in => OnMember(@in),
        Condition.Includes includes => OnMember(includes),
        _ => null,
    };

    private string? Join(IReadOnlyList<Condition> parts, string separator, Func<IReadOnlyList<Condition>, Condition> join, int depth)
    {
        var compiled = new List<string>();
        var rest = new List<Condition>();
        foreach (var part in parts)
        {
            if (Try(part, depth + 1) is { } sql)
                compiled.Add(sql);
            else
                rest.Add(part);
        }
        if (compiled.Count == 0)
            return null;
        // Last, because it costs most.
        if (rest.Count > 0)
            compiled.Add(Evaluate(rest.Count == 1 ? rest[0] : join(rest)));
        return $"({string.Join(separator, compiled)})";
    }

    /// <summary>Nulls count as false everywhere but below a NOT, so that only there they have to be made so.</summary>
    private string? Negated(Condition part, int depth) => Try(part, depth + 1) is { } sql ? $"NOT coalesce({sql}, 0)" : null;

    private string Evaluate(Condition condition)
    {
        _evaluated.Add(condition);
        return $"{ConditionFunction.Name}(body, {bind(_evaluated.Count - 1L)})";
    }

    /// <summary>In the form that the index can use. The columns hold validated values: whole numbers, timestamps, or nothing.</summary>
    private string? OnColumn(Condition.Compare compare) => (compare.Field.Kind, compare.Field.Path, compare.Operand) switch
    {
        (FieldKind.Number, ["sequence"], double number) when IsExact(number) => Compare("sequence", compare.Comparison, number),
        (FieldKind.Time, ["dueAt"], string { Length: > 0 } time) when IsExact(time) => Compare("due_at", compare.Comparison, time),
        // An absent time is stored as empty text, which is before all others.
        (FieldKind.Time, ["createdAt"], string { Length: > 0 } time) when IsExact(time) =>
            (compare.Comparison is Comparison.Less or Comparison.LessOrEqual ? "created_at <> '' AND " : "") + Compare("created_at", compare.Comparison, time),
        _ => null,
    };

    private string Compare(string column, Comparison comparison, object operand)
    {
        var sign = Operator(comparison);
        // The plus hides a column from the choice of the index.
        return $"{(Bound == (column, sign[0]) ? "+" : "")}{column} {sign} {bind(operand)}";
    }

    private string? OnMember(Condition.Compare compare)
    {
        if (!IsMember(compare.Field, out var path))
            return null;
        switch (compare.Operand)
        {
            case bool flag when compare is { Field.Kind: FieldKind.Boolean, Comparison: Comparison.Equal }:
                return $"json_type(body, {bind(path)}) = {bind(flag ? "true" : "false")}";
            case string text when compare is { Field.Kind: FieldKind.Text or FieldKind.Time, Comparison: Comparison.Equal } && IsExact(text):
                return TextIs(path, $"= {bind(text)}", compare);
            case double number when compare.Field.Kind == FieldKind.Number && IsExact(number):
                path = bind(path);
                // SQLite does not read every fraction to the nearest double.
                return $"""
                    CASE json_type(body, {path})
                    WHEN 'integer' THEN CAST(json_extract(body, {path}) AS REAL) {Operator(compare.Comparison)} {bind(number)}
                    WHEN 'real' THEN {Evaluate(compare)} END
                    """;
            default:
                return null;
        }
    }

    private string? OnMember(Condition.In @in) =>
        @in.Field.Kind is FieldKind.Text or FieldKind.Time && IsMember(@in.Field, out var path) && @in.Operands.All(operand => operand is string text && IsExact(text))
            ? TextIs(path, $"IN (SELECT value FROM json_each({bind(JsonSerializer.Serialize(@in.Operands))}))", @in)
            : null;

    private string? OnMember(Condition.Includes includes) =>
        includes.Field.Kind == FieldKind.TextList && IsMember(includes.Field, out var path) && IsExact(includes.Entry)
            ? $"(json_type(body, {path = bind(path)}) = 'array' AND EXISTS (SELECT 1 FROM json_each(body, {path}) WHERE type = 'text' AND atom = {bind(includes.Entry)} AND {Whole(includes)}))"
            : null;

    private string TextIs(string path, string test, Condition condition)
    {
        path = bind(path);
        return $"(json_type(body, {path}) = 'text' AND json_extract(body, {path}) {test} AND {Whole(condition)})";
    }

    /// <summary>That the text which SQLite saw is all of it: it stops at a zero.</summary>
    private string Whole(Condition condition) => $@"(instr(body, '\u0000') = 0 OR {Evaluate(condition)})";

    /// <summary>A member of the body itself is one that Core wrote, once and without escapes in its name.</summary>
    private static bool IsMember(Field field, [NotNullWhen(true)] out string? path)
    {
        path = field.Kind != FieldKind.Json && field.Path is [var name] && PlainName().IsMatch(name) ? $"$.{name}" : null;
        return path is not null;
    }

    private static bool IsExact(double number) => Math.Abs(number) < InexactIntegers;

    /// <summary>Whether SQLite reads the text like .NET, and orders it like timestamps in UTF-16.</summary>
    private static bool IsExact(string text) => !text.Any(c => c == '\0' || char.IsSurrogate(c));

    private static string Operator(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "<>",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex PlainName();
}
