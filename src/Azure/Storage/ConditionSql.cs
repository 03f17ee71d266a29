using System.Text.Json;
using System.Text.RegularExpressions;
using Kith.Core.Filters;

namespace Kith.Azure.Storage;

/// <summary>
/// Compiles conditions to SQL that selects every document for which they hold, and where it can, no other. What Core itself writes into the first
/// level of bodies compares in Cosmos DB as in <see cref="ConditionEvaluator"/>. Users' JSON does not (text forms, numbers in texts, folding of
/// case), and is selected roughly or not at all: then the reader has to ask the evaluator about each document. Values are parameters; names
/// stand in the text only when they are plain words.
/// </summary>
internal sealed partial class ConditionSql(Func<object, string> bind)
{
    private const int MaximumDepth = 16;

    /// <summary>Cosmos DB's own limits (512 KB of text, 2,048 values in a list) are further away.</summary>
    private const int MaximumOperands = 1500;

    /// <summary>From here on doubles no longer tell integers apart.</summary>
    private const double InexactIntegers = 1L << 53;

    private static readonly Selection Everything = new(null, Exact: true);
    private static readonly Selection Nothing = new("false", Exact: true);
    private static readonly Selection Unknown = new(null, Exact: false);

    private int _operands;

    /// <param name="Sql">True for every document that meets the condition; null when that is said of all documents.</param>
    /// <param name="Exact">Whether it is true (not false, not undefined) for no other.</param>
    internal readonly record struct Selection(string? Sql, bool Exact);

    public Selection Compile(Condition condition) => Compile(condition, 0);

    private Selection Compile(Condition condition, int depth) => condition switch
    {
        _ when depth > MaximumDepth => Unknown,
        Condition.All all => All([.. all.Parts.Select(part => Compile(part, depth + 1))]),
        Condition.Any any => Any([.. any.Parts.Select(part => Compile(part, depth + 1))]),
        Condition.Not not => Negated(Compile(not.Part, depth + 1)),
        Condition.In @in => OneOf(@in),
        _ when ++_operands > MaximumOperands => Unknown,
        Condition.Compare { Comparison: Comparison.NotEqual, Field.Kind: not FieldKind.Json } compare =>
            Negated(Compile(compare with { Comparison = Comparison.Equal }, depth + 1)),
        Condition.Compare compare => Exactly(OnColumn(compare) ?? OnMember(compare)),
        Condition.IsNull isNull => Exactly(Member(isNull.Field) is { } member ? $"(NOT IS_DEFINED({member}) OR IS_NULL({member}))" : null),
        Condition.Includes { Field.Kind: FieldKind.TextList } includes when IsShort(includes.Entry) =>
            Exactly(Member(includes.Field) is { } list ? $"ARRAY_CONTAINS({list}, {bind(includes.Entry)})" : null),
        Condition.JsonContains contains => new Selection(Holding(contains), Exact: false),
        _ => Unknown,
    };

    private static Selection All(Selection[] parts)
    {
        var exact = parts.All(part => part.Exact);
        string[] said = [.. parts.Select(part => part.Sql).OfType<string>()];
        return said.Length == 0 ? Everything with { Exact = exact } : new Selection($"({string.Join(" AND ", said)})", exact);
    }

    private static Selection Any(Selection[] parts)
    {
        parts = [.. parts.Where(part => part != Nothing)];
        if (parts.Length == 0)
            return Nothing;
        if (parts.Contains(Everything))
            return Everything;
        return parts.Any(part => part.Sql is null) ? Unknown : new Selection($"({string.Join(" OR ", parts.Select(part => part.Sql))})", parts.All(part => part.Exact));
    }

    /// <summary>Undefined counts as false everywhere but below a NOT, so that only there it has to be made so.</summary>
    private static Selection Negated(Selection part) => part switch
    {
        { Exact: false } => Unknown,
        { Sql: null } => Nothing,
        _ => Exactly($"(NOT ({part.Sql} ?? false))"),
    };

    private static Selection Exactly(string? sql) => sql is null ? Unknown : new Selection(sql, Exact: true);

    /// <summary>On the envelope, which is indexed and sorted by. It holds validated values.</summary>
    private string? OnColumn(Condition.Compare compare) => (compare.Field.Kind, compare.Field.Path, compare.Operand) switch
    {
        (FieldKind.Number, ["sequence"], double number) when IsExact(number) => Comparing($"c.{Item.Sequence}", compare),
        (FieldKind.Time, ["dueAt"], string time) when IsOrdered(time) => Comparing($"c.{Item.DueAt}", compare),
        (FieldKind.Time, ["createdAt"], string { Length: > 0 } time) when IsOrdered(time) =>
            compare.Comparison is Comparison.Less or Comparison.LessOrEqual
                ? $"(c.{Item.CreatedAt} > \"\" AND {Comparing($"c.{Item.CreatedAt}", compare)})"
                : Comparing($"c.{Item.CreatedAt}", compare),
        _ => null,
    };

    private string? OnMember(Condition.Compare compare) => Member(compare.Field) is not { } member ? null : (compare.Field.Kind, compare.Operand) switch
    {
        (FieldKind.Boolean, bool) when compare.Comparison == Comparison.Equal => Comparing(member, compare),
        (FieldKind.Number, double number) when IsExact(number) => Comparing(member, compare),
        (FieldKind.Text or FieldKind.Time, string text) when (compare.Comparison == Comparison.Equal && IsShort(text)) || IsOrdered(text) => Comparing(member, compare),
        _ => null,
    };

    private string Comparing(string place, Condition.Compare compare) => $"{place} {Operator(compare.Comparison)} {bind(compare.Operand)}";

    private Selection OneOf(Condition.In @in)
    {
        if (@in.Operands.Count == 0)
            return Nothing;
        if ((_operands += @in.Operands.Count) > MaximumOperands || Member(@in.Field) is not { } member)
            return Unknown;
        var comparable = @in.Field.Kind is FieldKind.Text or FieldKind.Time && @in.Operands.All(operand => operand is string text && IsShort(text));
        return comparable ? Exactly($"{member} IN ({string.Join(", ", @in.Operands.Select(bind))})") : Unknown;
    }

    /// <summary>What the texts in the operand say; the rest of it is left to the evaluator.</summary>
    private string? Holding(Condition.JsonContains contains)
    {
        var said = new List<string>();
        if (Path(contains.Field) is { } path)
            AddTexts(path, contains.Operand, said);
        return said.Count == 0 ? null : $"({string.Join(" AND ", said)})";
    }

    private void AddTexts(string place, JsonElement operand, List<string> said)
    {
        if (operand.ValueKind == JsonValueKind.String && operand.GetString() is { } text && IsShort(text) && ++_operands <= MaximumOperands)
            said.Add($"{place} = {bind(text)}");
        if (operand.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in operand.EnumerateObject())
        {
            if (PlainName().IsMatch(member.Name))
                AddTexts($"{place}[\"{member.Name}\"]", member.Value, said);
        }
    }

    /// <summary>A member of the body itself is one that Core wrote, as the kind that the field says or as none.</summary>
    private static string? Member(Field field) => field.Kind != FieldKind.Json && field.Path.Count == 1 ? Path(field) : null;

    private static string? Path(Field field) =>
        field.Path.All(name => PlainName().IsMatch(name)) ? $"c.{Item.Body}{string.Concat(field.Path.Select(name => $"[\"{name}\"]"))}" : null;

    private static bool IsExact(double number) => Math.Abs(number) < InexactIntegers;

    /// <summary>Whether no cut text can equal it, see <see cref="BodyForm.ImageText"/>.</summary>
    private static bool IsShort(string text) => text.Length < BodyForm.ImageText;

    /// <summary>Whether texts are before and after it in UTF-8 as in UTF-16.</summary>
    private static bool IsOrdered(string text) => IsShort(text) && text.All(c => c < '\uD800');

    private static string Operator(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex PlainName();
}
