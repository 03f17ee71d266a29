using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>
/// Reads the part of Cosmos DB's query language that the adapter and its client send. Anything else throws: a query that this does not know has to be
/// thought about, not answered somehow.
/// </summary>
internal sealed partial class SqlParser
{
    private readonly List<string> _tokens;
    private int _position;
    private string _source = "";
    private bool _counts;

    private SqlParser(string sql)
    {
        _tokens = [.. Tokens().Matches(sql).Select(match => match.Value)];
        if (Spaces().Replace(sql, "").Length != Spaces().Replace(string.Concat(_tokens), "").Length)
            throw new FormatException($"Unknown characters in: {sql}");
    }

    private string Next => _position < _tokens.Count ? _tokens[_position] : "";

    public static SqlStatement Parse(string sql)
    {
        var parser = new SqlParser(sql);
        var statement = parser.Statement();
        return parser.Next.Length == 0 ? statement : throw new FormatException($"Unexpected '{parser.Next}' in: {sql}");
    }

    private SqlStatement Statement()
    {
        Demand("SELECT");
        var top = Take("TOP") ? Primary() : null;
        // The selection refers to the source, which comes after it.
        var start = _position;
        while (!Is("FROM"))
            _position++;
        _position++;
        _source = Word();
        var end = _position;
        _position = start;
        var selection = Selection();
        Demand("FROM");
        _position = end;
        var where = Take("WHERE") ? Expression() : null;
        var sorts = new List<SqlSort>();
        if (Take("ORDER"))
        {
            Demand("BY");
            do
            {
                var key = Expression();
                sorts.Add(new SqlSort(key, Take("DESC") || (Take("ASC") && false)));
            }
            while (Take(","));
        }
        SqlExpression? offset = null, limit = null;
        if (Take("OFFSET"))
        {
            offset = Primary();
            Demand("LIMIT");
            limit = Primary();
        }
        return new SqlStatement(selection, _counts, where, sorts, top, offset, limit);
    }

    private SqlExpression Selection()
    {
        if (Take("*"))
            return scope => scope.Item;
        if (Take("VALUE"))
            return Expression();
        var members = new List<(string Name, SqlExpression Value)>();
        do
        {
            var value = Expression();
            members.Add((Take("AS") ? Word() : _tokens[_position - 1], value));
        }
        while (Take(","));
        return scope => members.ToDictionary(member => member.Name, member => member.Value(scope));
    }

    private SqlExpression Expression()
    {
        var left = Or();
        if (!Take("??"))
            return left;
        var right = Expression();
        return scope =>
        {
            var value = left(scope);
            return value == SqlValue.Undefined ? right(scope) : value;
        };
    }

    private SqlExpression Or()
    {
        var left = And();
        while (Take("OR"))
        {
            var (one, other) = (left, And());
            left = scope => Either(one(scope), other, scope);
        }
        return left;
    }

    private SqlExpression And()
    {
        var left = Negation();
        while (Take("AND"))
        {
            var (one, other) = (left, Negation());
            left = scope => Both(one(scope), other, scope);
        }
        return left;
    }

    private static object? Either(object? left, SqlExpression right, SqlScope scope)
    {
        if (left is true)
            return true;
        var other = right(scope);
        return other is true ? true : left is false && other is false ? false : SqlValue.Undefined;
    }

    private static object? Both(object? left, SqlExpression right, SqlScope scope)
    {
        if (left is false)
            return false;
        var other = right(scope);
        return other is false ? false : left is true && other is true ? true : SqlValue.Undefined;
    }

    private SqlExpression Negation()
    {
        if (!Take("NOT"))
            return Comparison();
        var part = Negation();
        return scope => part(scope) is bool flag ? !flag : SqlValue.Undefined;
    }

    private SqlExpression Comparison()
    {
        var left = Primary();
        if (Take("IN"))
        {
            Demand("(");
            var operands = List(")");
            return scope =>
            {
                var value = left(scope);
                return value == SqlValue.Undefined ? value : operands.Any(operand => SqlValue.AreEqual(value, operand(scope)) is true);
            };
        }
        if (Next is not ("=" or "!=" or "<>" or "<" or "<=" or ">" or ">="))
            return left;
        var sign = _tokens[_position++];
        var right = Primary();
        return sign switch
        {
            "=" => scope => SqlValue.AreEqual(left(scope), right(scope)),
            "!=" or "<>" => scope => SqlValue.AreEqual(left(scope), right(scope)) is bool equal ? !equal : SqlValue.Undefined,
            _ => scope => SqlValue.Order(left(scope), right(scope)) is { } order ? Holds(sign, order) : SqlValue.Undefined,
        };
    }

    private static bool Holds(string sign, int order) => sign switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private SqlExpression Primary()
    {
        var value = Atom();
        while (true)
        {
            if (Take("."))
            {
                var (from, name) = (value, Word());
                value = scope => SqlValue.Member(from(scope), name);
            }
            else if (Take("["))
            {
                var (from, name) = (value, Expression());
                Demand("]");
                value = scope => SqlValue.Member(from(scope), name(scope));
            }
            else
            {
                return value;
            }
        }
    }

    private SqlExpression Atom()
    {
        var token = Next;
        _position++;
        switch (token)
        {
            case "(":
                var inner = Expression();
                Demand(")");
                return inner;
            case "[":
                var entries = List("]");
                return scope => entries.Select(entry => entry(scope)).ToList();
            case "{":
                return Members();
            case "true" or "false":
                return _ => token == "true";
            case "null":
                return _ => null;
            case "undefined":
                return _ => SqlValue.Undefined;
        }
        if (token.Length > 0 && (token[0] == '"' || char.IsAsciiDigit(token[0]) || token[0] == '-'))
        {
            var literal = SqlValue.Of(JsonDocument.Parse(token).RootElement);
            return _ => literal;
        }
        if (token.StartsWith('@'))
            return scope => scope.Parameters[token];
        if (token == _source)
            return scope => scope.Item;
        Demand("(");
        return Function(token, List(")"));
    }

    private SqlExpression Members()
    {
        var members = new List<(string Name, SqlExpression Value)>();
        while (!Take("}"))
        {
            var name = Word();
            Demand(":");
            members.Add((name, Expression()));
            Take(",");
        }
        return scope => members.ToDictionary(member => member.Name, member => member.Value(scope));
    }

    private List<SqlExpression> List(string end)
    {
        var list = new List<SqlExpression>();
        while (!Take(end))
        {
            list.Add(Expression());
            Take(",");
        }
        return list;
    }

    private SqlExpression Function(string name, List<SqlExpression> arguments)
    {
        switch (name.ToUpperInvariant(), arguments.Count)
        {
            case ("IS_DEFINED", 1):
                return scope => arguments[0](scope) != SqlValue.Undefined;
            case ("IS_NULL", 1):
                return scope => arguments[0](scope) is null;
            case ("ARRAY_CONTAINS", 2):
                return scope => SqlValue.Entries(arguments[0](scope)) is { } entries
                    ? arguments[1](scope) is var wanted && wanted != SqlValue.Undefined && entries.Any(entry => SqlValue.AreEqual(entry, wanted) is true)
                    : SqlValue.Undefined;
            case ("COUNT", 1):
                _counts = true;
                return scope => (double)scope.Count!.Value;
            default:
                throw new FormatException($"Unknown function {name} with {arguments.Count} arguments.");
        }
    }

    private string Word() => _tokens[_position++] is var token && token.StartsWith('"') ? JsonSerializer.Deserialize<string>(token)! : token;

    private bool Is(string token) => Next.Equals(token, StringComparison.OrdinalIgnoreCase);

    private bool Take(string token)
    {
        if (!Is(token))
            return false;
        _position++;
        return true;
    }

    private void Demand(string token)
    {
        if (!Take(token))
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{token}' expected, not '{Next}' at {_position}: {string.Join(' ', _tokens)}"));
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|@\w+|[A-Za-z_]\w*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\?\?|<=|>=|!=|<>|[=<>(){}\[\],.:*]
        """)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
