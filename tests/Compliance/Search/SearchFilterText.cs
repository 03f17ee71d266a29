using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kith.Compliance.Tests.Search;

/// <summary>The part of OData that the adapter uses: comparisons with literals and <c>search.in</c>, joined by <c>and</c>.</summary>
internal sealed partial class SearchFilterText
{
    private readonly List<Func<JsonElement, bool>> _clauses = [];

    public SearchFilterText(string text, IReadOnlyDictionary<string, SearchField> fields)
    {
        var position = 0;
        while (true)
        {
            var match = Clause().Match(text, position);
            SearchRefusal.Unless(match.Success, $"Syntax error in the filter at {position}: {text}");
            SearchRefusal.Unless(fields.TryGetValue(match.Groups["field"].Value, out var field) && field.IsFilterable, $"No filterable field {match.Groups["field"].Value}");
            _clauses.Add(match.Groups["list"].Success ? In(field!, match) : Compare(field!, match));
            position = match.Index + match.Length;
            if (position == text.Length)
                return;
            SearchRefusal.Unless(text.AsSpan(position).StartsWith(" and "), $"Syntax error in the filter at {position}: {text}");
            position += " and ".Length;
        }
    }

    public bool Matches(JsonElement document) => _clauses.TrueForAll(clause => clause(document));

    private static Func<JsonElement, bool> In(SearchField field, Match match)
    {
        var values = Unquote(match.Groups["list"].Value).Split(Unquote(match.Groups["separator"].Value));
        return document => Text(document, field.Name) is { } value && values.Contains(value);
    }

    private static Func<JsonElement, bool> Compare(SearchField field, Match match)
    {
        var operand = match.Groups["operand"].Value;
        SearchRefusal.Unless(operand[0] == '\'' == (field.Type == "Edm.String"), $"{operand} is no {field.Type}");
        Func<JsonElement, int?> order = operand[0] == '\''
            ? document => Text(document, field.Name) is { } value ? string.CompareOrdinal(value, Unquote(operand)) : null
            : document => document.TryGetProperty(field.Name, out var value) ? value.GetInt64().CompareTo(long.Parse(operand, CultureInfo.InvariantCulture)) : null;
        return match.Groups["operator"].Value switch
        {
            "eq" => document => order(document) == 0,
            "gt" => document => order(document) > 0,
            "ge" => document => order(document) >= 0,
            "lt" => document => order(document) < 0,
            _ => document => order(document) <= 0,
        };
    }

    private static string? Text(JsonElement document, string field) => document.TryGetProperty(field, out var value) ? value.GetString() : null;

    private static string Unquote(string literal) => literal[1..^1].Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"\G(?:search\.in\((?<field>\w+), (?<list>'(?:[^']|'')*'), (?<separator>'[^']')\)|(?<field>\w+) (?<operator>eq|gt|ge|lt|le) (?<operand>'(?:[^']|'')*'|-?\d+))")]
    private static partial Regex Clause();
}
