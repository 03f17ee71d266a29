using System.Text.Json;
using Kith.Core.Filters;
using static Kith.Core.Filters.Condition;

namespace Kith.Compliance.Tests;

/// <summary>Documents and conditions with the known answer; every store and the in-memory evaluator must give it.</summary>
public static class ConditionCases
{
    /// <summary>By id, in the order in which a store lists them.</summary>
    public static readonly SortedDictionary<string, JsonElement> Bodies = new(StringComparer.Ordinal)
    {
        ["a"] = Json("""{"type":"thing","name":"Alice","count":3,"flag":true,"at":"2026-01-01T00:00:00.000000Z","tags":["x","y"],"metadata":{"k":"v","n":3,"b":true,"list":[1,2,{"deep":"x"}],"o":{"p":1,"q":"z"}}}"""),
        ["b"] = Json("""{"type":"thing","name":"bob","count":3.5,"flag":false,"at":"2026-01-02T00:00:00.000000Z","tags":[],"metadata":{"k":"V","n":"10","b":1,"o":{"p":1.0}}}"""),
        ["c"] = Json("""{"type":"thing","name":"100%_sure","count":-1e300,"flag":null,"tags":["x'y","ü"],"metadata":{"k":null,"n":"abc","b":"true","list":[]}}"""),
        ["d"] = Json("""{"type":"thing","name":"GRÜẞE 🦊","count":9007199254740991,"at":"2026-01-02T00:00:00.000001Z","metadata":{"a.b":1,"a\"b":2,"":3,"ü":4,"🦊":5,"[0]":6,"$.k":7,"a'b":8,"a\\b":9,"k k":10,"0":11}}"""),
        ["e"] = Json("""{"type":"thing","metadata":{"a":{"b":99},"k":1,"n":0.5,"b":false,"list":"1"}}"""),
        ["f"] = Json("""{"type":"thing","name":null,"count":null,"metadata":null,"tags":null}"""),
        ["g"] = Json("""{"type":"thing","name":"","count":0,"metadata":{"n":-0.002,"k":"","b":0,"list":[[1],[2,3]]}}"""),
    };

    public static readonly Dictionary<string, (Condition Condition, string[] Matching)> All = new()
    {
        ["all of nothing"] = (new All(), ["a", "b", "c", "d", "e", "f", "g"]),
        ["any of nothing"] = (new Any(), []),
        ["all"] = (new All(Is(Field.Number("count"), 3d), Is(Field.Text("name"), "Alice")), ["a"]),
        ["any"] = (new Any(Is(Field.Number("count"), 3d), Is(Field.Text("name"), "bob")), ["a", "b"]),
        ["not over absent values"] = (new Not(Is(Field.Text("name"), "Alice")), ["b", "c", "d", "e", "f", "g"]),

        ["text equal is case-sensitive"] = (Is(Field.Text("name"), "alice"), []),
        ["text equal with wildcards"] = (Is(Field.Text("name"), "100%_sure"), ["c"]),
        ["text equal to empty"] = (Is(Field.Text("name"), ""), ["g"]),
        ["text not equal is null-safe"] = (With(Field.Text("name"), Comparison.NotEqual, "bob"), ["a", "c", "d", "e", "f", "g"]),
        ["text less"] = (With(Field.Text("name"), Comparison.Less, "Bob"), ["a", "c", "g"]),
        ["text greater or equal"] = (With(Field.Text("name"), Comparison.GreaterOrEqual, "bob"), ["b"]),
        ["text on a number"] = (Is(Field.Text("count"), "3"), []),
        ["number equal"] = (Is(Field.Number("count"), 3d), ["a"]),
        ["number not equal is null-safe"] = (With(Field.Number("count"), Comparison.NotEqual, 3d), ["b", "c", "d", "e", "f", "g"]),
        ["number greater"] = (With(Field.Number("count"), Comparison.Greater, 3d), ["b", "d"]),
        ["number less or equal"] = (With(Field.Number("count"), Comparison.LessOrEqual, 0d), ["c", "g"]),
        ["number huge"] = (With(Field.Number("count"), Comparison.GreaterOrEqual, 9007199254740991d), ["d"]),
        ["number below all"] = (With(Field.Number("count"), Comparison.Less, -1e299), ["c"]),
        ["boolean true"] = (Is(Field.Boolean("flag"), true), ["a"]),
        ["boolean false"] = (Is(Field.Boolean("flag"), false), ["b"]),
        ["boolean not equal is null-safe"] = (With(Field.Boolean("flag"), Comparison.NotEqual, true), ["b", "c", "d", "e", "f", "g"]),
        ["boolean is not the number 1"] = (Is(Field.Boolean("metadata", "b"), true), ["a"]),
        ["number 1 is not a boolean"] = (Is(Field.Number("metadata", "b"), 1d), ["b"]),
        ["time greater"] = (With(Field.Time("at"), Comparison.Greater, "2026-01-02T00:00:00.000000Z"), ["d"]),
        ["time equal"] = (Is(Field.Time("at"), "2026-01-02T00:00:00.000000Z"), ["b"]),
        ["time not equal is null-safe"] = (With(Field.Time("at"), Comparison.NotEqual, "2026-01-02T00:00:00.000000Z"), ["a", "c", "d", "e", "f", "g"]),

        ["is null"] = (new IsNull(Field.Text("name")), ["e", "f"]),
        ["is null below what is no object"] = (new IsNull(Field.Json("name", "x")), ["a", "b", "c", "d", "e", "f", "g"]),
        ["is null of json"] = (new IsNull(Field.Json("metadata", "k")), ["c", "d", "f"]),
        ["is null of a list"] = (new IsNull(Field.TextList("tags")), ["d", "e", "f", "g"]),

        ["in text"] = (new In(Field.Text("name"), ["bob", "Alice", "nobody"]), ["a", "b"]),
        ["in nothing"] = (new In(Field.Text("name"), []), []),
        ["in numbers"] = (new In(Field.Number("count"), [0d, 3.5]), ["b", "g"]),
        ["in booleans"] = (new In(Field.Boolean("flag"), [false]), ["b"]),
        ["in json by text form"] = (new In(Field.Json("metadata", "n"), ["3", "abc"]), ["a", "c"]),
        ["in json numbers by text form"] = (new In(Field.Json("metadata", "n"), [3d, 10d]), ["a", "b"]),
        ["in json booleans by text form"] = (new In(Field.Json("metadata", "b"), [true]), ["a", "c"]),

        ["contains ignores case"] = (new TextContains(Field.Text("name"), "ALI"), ["a"]),
        ["contains percent literally"] = (new TextContains(Field.Text("name"), "%"), ["c"]),
        ["contains underscore literally"] = (new TextContains(Field.Text("name"), "_"), ["c"]),
        ["contains an emoji"] = (new TextContains(Field.Text("name"), "🦊"), ["d"]),
        ["contains nothing"] = (new TextContains(Field.Text("name"), ""), ["a", "b", "c", "d", "g"]),
        ["contains on a number"] = (new TextContains(Field.Text("count"), "3"), []),
        ["contains in json text"] = (new TextContains(Field.Json("metadata", "k"), "V"), ["a", "b"]),
        ["contains in json number"] = (new TextContains(Field.Json("metadata", "n"), "0"), ["b", "e", "g"]),
        ["contains in json boolean"] = (new TextContains(Field.Json("metadata", "b"), "TRU"), ["a", "c"]),

        ["includes"] = (new Includes(Field.TextList("tags"), "x"), ["a"]),
        ["includes with a quote"] = (new Includes(Field.TextList("tags"), "x'y"), ["c"]),
        ["includes is case-sensitive"] = (new Includes(Field.TextList("tags"), "X"), []),
        ["includes in what is no list"] = (new Includes(Field.TextList("name"), "Alice"), []),

        ["json equal"] = (Is(Field.Json("metadata", "k"), "v"), ["a"]),
        ["json equal compares text forms"] = (Is(Field.Json("metadata", "n"), "3"), ["a"]),
        ["json equal true matches boolean and text"] = (Is(Field.Json("metadata", "b"), "true"), ["a", "c"]),
        ["json not equal is not null-safe"] = (With(Field.Json("metadata", "k"), Comparison.NotEqual, "v"), ["b", "e", "g"]),
        ["json number equal"] = (Is(Field.Json("metadata", "n"), 10d), ["b"]),
        ["json number greater includes numeric text"] = (With(Field.Json("metadata", "n"), Comparison.Greater, 2d), ["a", "b"]),
        ["json number less ignores other text"] = (With(Field.Json("metadata", "n"), Comparison.Less, 1d), ["e", "g"]),
        ["json number not equal ignores other text"] = (With(Field.Json("metadata", "n"), Comparison.NotEqual, 3d), ["b", "e", "g"]),
        ["json text greater is by text"] = (With(Field.Json("metadata", "n"), Comparison.Greater, "2"), ["a", "c"]),
        ["json booleans are no numbers"] = (With(Field.Json("metadata", "b"), Comparison.GreaterOrEqual, 0d), ["b", "g"]),

        ["key with a dot"] = (Is(Field.Json("metadata", "a.b"), 1d), ["d"]),
        ["nested key"] = (Is(Field.Json("metadata", "a", "b"), 99d), ["e"]),
        ["key with a double quote"] = (Is(Field.Json("metadata", "a\"b"), 2d), ["d"]),
        ["empty key"] = (Is(Field.Json("metadata", ""), 3d), ["d"]),
        ["key with an umlaut"] = (Is(Field.Json("metadata", "ü"), 4d), ["d"]),
        ["key of an emoji"] = (Is(Field.Json("metadata", "🦊"), 5d), ["d"]),
        ["key like an index"] = (Is(Field.Json("metadata", "[0]"), 6d), ["d"]),
        ["key like a path"] = (Is(Field.Json("metadata", "$.k"), 7d), ["d"]),
        ["key with a single quote"] = (Is(Field.Json("metadata", "a'b"), 8d), ["d"]),
        ["key with a backslash"] = (Is(Field.Json("metadata", "a\\b"), 9d), ["d"]),
        ["key with a space"] = (Is(Field.Json("metadata", "k k"), 10d), ["d"]),
        ["key of a digit is no index"] = (Is(Field.Json("metadata", "0"), 11d), ["d"]),
        ["key of a digit into a list"] = (new IsNull(Field.Json("metadata", "list", "0")), ["a", "b", "c", "d", "e", "f", "g"]),
        ["weird keys that are absent"] = (new IsNull(Field.Json("metadata", "x\" OR 1=1 --")), ["a", "b", "c", "d", "e", "f", "g"]),

        ["containment of a member"] = (Holds("""{"k":"v"}"""), ["a"]),
        ["containment of a number"] = (Holds("""{"o":{"p":1}}"""), ["a", "b"]),
        ["containment of a nested member"] = (Holds("""{"o":{"q":"z"}}"""), ["a"]),
        ["containment distinguishes types"] = (Holds("""{"b":true}"""), ["a"]),
        ["containment of 1 is not true"] = (Holds("""{"b":1}"""), ["b"]),
        ["containment of null"] = (Holds("""{"k":null}"""), ["c"]),
        ["containment of list elements"] = (Holds("""{"list":[2,1,1]}"""), ["a"]),
        ["containment of an object in a list"] = (Holds("""{"list":[{"deep":"x"}]}"""), ["a"]),
        ["containment of a list in a list"] = (Holds("""{"list":[[3]]}"""), ["g"]),
        ["containment of an empty list"] = (Holds("""{"list":[]}"""), ["a", "c", "g"]),
        ["containment of a scalar in a list"] = (Holds("""{"list":1}"""), []),
        ["containment of the empty object"] = (Holds("{}"), ["a", "b", "c", "d", "e", "g"]),
        ["containment with weird keys"] = (Holds("""{"a.b":1,"a\"b":2,"":3}"""), ["d"]),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Bodies of type thing, by id, with values of every kind in every place, and what only a raw writer would write.</summary>
    public static SortedDictionary<string, JsonElement> RandomBodies(Random random, int count) =>
        new(Enumerable.Range(0, count).ToDictionary(i => $"r{i:00}", _ => Json(RandomBody(random))), StringComparer.Ordinal);

    /// <summary>A random tree over the fields, keys and values that occur in the bodies.</summary>
    public static Condition Random(Random random, int depth) => random.Next(depth > 0 ? 13 : 9) switch
    {
        0 => With(Pick(random, Field.Text("name"), Field.Text("type"), Field.Time("at"), Field.Time("createdAt"), Field.Time("dueAt")), AnyComparison(random), Pick(random, Texts)),
        1 => With(Pick(random, Field.Number("count"), Field.Number("sequence"), Field.Number("metadata", "n")), AnyComparison(random), Pick(random, Numbers)),
        2 => With(RandomJson(random), AnyComparison(random), random.Next(2) == 0 ? Pick(random, Texts) : Pick(random, Numbers)),
        3 => With(Pick(random, Field.Boolean("flag"), Field.Boolean("metadata", "b")), AnyComparison(random), random.Next(2) == 0),
        4 => new IsNull(Pick(random, RandomJson(random), Field.Text("name"), Field.Boolean("flag"), Field.TextList("tags"), Field.Time("createdAt"), Field.Number("sequence"), Field.Json("metadata"))),
        5 => random.Next(3) switch
        {
            0 => new In(Pick(random, Field.Text("name"), Field.Time("createdAt"), RandomJson(random)), [.. Enumerable.Range(0, random.Next(4)).Select(_ => (object)Pick(random, Texts))]),
            1 => new In(Pick(random, Field.Number("count"), Field.Number("sequence"), RandomJson(random)), [.. Enumerable.Range(0, random.Next(4)).Select(_ => (object)Pick(random, Numbers))]),
            _ => new In(Pick(random, Field.Boolean("flag"), RandomJson(random)), [random.Next(2) == 0]),
        },
        6 => new TextContains(Pick(random, Field.Text("name"), RandomJson(random)), Pick(random, "B", "%", "_", "ü", "1", "", "\0")),
        7 => new Includes(Field.TextList(Pick(random, "tags", "name", "metadata")), Pick(random, "x", "x'y", "ü", "bob", "1", "")),
        8 => new JsonContains(random.Next(2) == 0 ? Field.Json("metadata") : RandomJson(random), Json(Pick(
            random, """{"k":"v"}""", """{"o":{}}""", """{"list":[1]}""", """{"b":1}""", """{"n":1.0}""", """{"o":{"p":1}}""", "[]", "1", "null", "\"v\"", "true"))),
        9 or 10 => new Not(Random(random, depth - 1)),
        11 => new All([.. Enumerable.Range(0, random.Next(4)).Select(_ => Random(random, depth - 1))]),
        _ => new Any([.. Enumerable.Range(0, random.Next(4)).Select(_ => Random(random, depth - 1))]),
    };

    private static readonly string[] Texts =
        ["bob", "BOB", "", "v", "3", "1e2", "true", "thing", "100%_sure", "x'y", "ü", "🦊", "\uE000", "a\0b", "a", "{\"p\":1}", "2026-01-02T00:00:00.000000Z", "2026-01-03T00:00:00.000000Z"];

    private static readonly double[] Numbers = [0, 1, 3, 3.5, -0.002, 100, -1e300, 1e18, 9007199254740991, 9007199254740992, double.MaxValue];

    /// <summary>As written in JSON; the last ones are texts that SQLite and .NET read or order differently.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "1", "1.0", "3", "3.5", "1e2", "100", "-0.002", "-1e300", "1E400", "9007199254740991", "9007199254740993", "9223372036854775808", "0.1000000000000000055",
        "\"\"", "\"bob\"", "\"Bob\"", "\"v\"", "\"3\"", "\"1e2\"", "\"true\"", "\"100%_sure\"", "\"x'y\"", "\"ü\"", "\"\\u00FC\"", "\"2026-01-02T00:00:00.000000Z\"",
        "[]", "[1]", "[\"x\",\"ü\",1,null]", "[[\"x\"]]", "{}", "{\"p\":1}", "{\"p\":1.0,\"q\":[true]}", "{\"p\":null}", "{\"x\":\"x\"}",
        "\"🦊\"", "\"\\ud83e\\udd8a\"", "\"\uE000\"", "\"a\\u0000b\"", "\"bob\\u0000\"", "[\"x\\u0000y\"]",
    ];

    private static string RandomBody(Random random)
    {
        string[] times = ["null", "\"2026-01-02T00:00:00.000000Z\"", "\"2026-01-03T00:00:00.000000Z\""];
        var members = new List<string> { "\"type\":\"thing\"" };
        void Add(string member, string[] from)
        {
            if (random.Next(4) > 0)
                members.Add($"\"{member}\":{Pick(random, from)}");
        }
        Add("createdAt", times);
        Add("dueAt", times);
        Add("sequence", ["null", "0", "1", "3", "100", "9007199254740993"]);
        foreach (var name in (string[])["name", "at", "count", "flag", "tags"])
            Add(name, Values);
        // Names may be repeated, and written with escapes.
        var metadata = Enumerable.Range(0, random.Next(8)).Select(_ =>
            $"\"{Pick(random, "k", "\\u006b", "n", "b", "list", "o", "a.b", "a\\\"b", "", "ü", "0")}\":{Pick(random, Values)}");
        members.Add($"\"metadata\":{(random.Next(8) == 0 ? Pick(random, Values) : $"{{{string.Join(',', metadata)}}}")}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static Comparison AnyComparison(Random random) => Pick(random, Enum.GetValues<Comparison>());

    private static Field RandomJson(Random random) => random.Next(5) == 0
        ? Field.Json("metadata", "o", Pick(random, "p", "q"))
        : Field.Json("metadata", Pick(random, "k", "n", "b", "list", "o", "a.b", "a\"b", "", "ü", "🦊", "0"));

    private static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];

    private static Compare Is(Field field, object operand) => With(field, Comparison.Equal, operand);

    private static Compare With(Field field, Comparison comparison, object operand) => new(field, comparison, operand);

    private static JsonContains Holds(string json) => new(Field.Json("metadata"), Json(json));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
