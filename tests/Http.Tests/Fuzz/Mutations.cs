using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Fuzz;

/// <summary>Ways to spoil a valid request.</summary>
internal static class Mutations
{
    private const string Hole = "\u2603hole";
    private const int Depth = 10_000;
    private const int HugeBody = 10 * 1024 * 1024;

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "-1e999", "1e-999", "9223372036854775808", "-0", new('9', 400), "\"\"", "\" \"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\ud83d\\ude00\"", "\"\\u202e\"", "\"$head\"", "\"$system\"", "\"scope.x\"", "\"*\"", "\"../..\"", "\"%00\"", "\"2024-13-45T99:99:99Z\"", "\"0000-00-00\"", "\"9999-12-31T23:59:59.9999999+14:00\"",
        "[]", "{}", "[[]]", "[null]", "{\"\":null}", "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{}}}}}}}", "{\"NOT\":{}}", "{\"AND\":[{\"OR\":[]}]}", "{\"in\":null}", "{\"gte\":\"x\",\"contains\":{}}", "NaN", "Infinity", "01", "'a'", "\"\t\"",
    ];

    private static readonly string[] Segments =
    [
        "%00", "%2F", "%2e%2e", "%", "%zz", "%C3%28", "%ED%A0%80", "%F0%9F%98%80", "ü", "$head", "$system", "$", "scope.x", "*", "'", "\"", "a%20b", "+", "..", ".", ";a=b", ":", "%5C", new('x', 600), new('x', 9_000), "nope", "{id}",
    ];

    private static readonly string[] QueryParts =
    [
        "page=0", "page=-1", "page=99999999999999999999", "page=1e3", "page=", "page", "size=0", "size=101", "size=-5", "size=%00", "reverse=maybe", "reverse=", "tokens=-1", "tokens=2147483648", "tokens=abc", "search_max_distance=NaN",
        "search_max_distance=2", "search_top_k=1e999", "search_query=%ED%A0%80", "search_query=%00", "session_id=%24head", "session_id=", "peer_target=%2F", "peer_perspective=x", "message_id=%00", "limit_to_session=2", "target=..", "observer_id=&observer_id=",
        "page=1&page=x", "limit=-1", "limit=1e9", "before=NaN", "before=%00", "after=99999999999999999999", "order=up", "role=wizard", "includeSystem=2", "maxTurns=-1", "max_tokens=1e999", "format=xml", "layout=", "includeParents=maybe",
        "include=messages,,everything", "maxDepth=0", "children=what", "status=open", "cursor=%00", "createIfMissing=perhaps", "=", "&&&", "%", "%zz=%zz", "a[b]=c", "scope=a&scope=b", "expires_at=never",
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Type", "text/plain"), ("Content-Type", "nonsense"), ("Content-Type", ""), ("Content-Type", "application/json; charset=utf-16"), ("Content-Type", "multipart/form-data"), ("Content-Type", "multipart/form-data; boundary="),
        ("Content-Type", "multipart/form-data; boundary=b"), ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "*"), ("Accept", "text/event-stream;q=x"), ("Accept", new('a', 4_000)), ("Authorization", "Bearer"), ("Authorization", "Bearer a.b.c"),
        ("Authorization", "Basic !!"), ("Authorization", "\u00e9"), ("Origin", "null"), ("Origin", "http://localhost"), ("Content-Encoding", "gzip"), ("Expect", "100-continue"), ("Transfer-Encoding", "chunked"), ("X-HTTP-Method-Override", "DELETE"), ("If-Match", "*"), ("If-Match", "\"x\", W/\"y\""), ("If-Match", ","), ("If-None-Match", "*"), ("X-API-KEY", "nonsense"), ("X-Kith-Workspace", "no such/name"),
        ("X-Kith-Workspace", "$system"), ("Accept-Charset", "utf-7"), ("X", new('x', 40_000)),
    ];

    private static readonly Func<Random, RawRequest, RawRequest>[] All =
    [
        Value, Value, Value, Value, Missing, Extra, Duplicate, Truncate, Bytes, Deep, Empty, Garbage, Path, Query, Query, Header, Length, Method,
    ];

    public static RawRequest Apply(Random random, RawRequest request)
    {
        if (random.Next(400) == 0)
            return Huge(random, request);
        var spoiled = request;
        for (var times = random.Next(3); times >= 0; times--)
            spoiled = Pick(random, All)(random, spoiled);
        return spoiled;
    }

    private static RawRequest Value(Random random, RawRequest request) => WithJson(request, body => Replace(random, body, Pick(random, Values)));

    private static RawRequest Deep(Random random, RawRequest request)
    {
        var open = Pick(random, "[", "{\"a\":", "{\"filters\":{\"NOT\":[");
        var close = random.Next(2) == 0 ? "" : string.Concat(open.Reverse().Where(bracket => bracket is '[' or '{').Select(bracket => bracket == '[' ? ']' : '}'));
        return WithJson(request, body => Replace(random, body, $"{string.Concat(Enumerable.Repeat(open, Depth))}1{string.Concat(Enumerable.Repeat(close, Depth))}"));
    }

    private static RawRequest Huge(Random random, RawRequest request)
    {
        var text = new string(Pick(random, 'a', ' ', '\u00e9'), HugeBody);
        return random.Next(2) == 0 ? request with { Body = [.. Encoding.UTF8.GetBytes(text), .. request.Body] } : WithJson(request, body => Replace(random, body, $"\"{text}\""));
    }

    private static RawRequest Missing(Random random, RawRequest request) => WithJson(request, body =>
    {
        if (Pick(random, [.. Nodes(body).DefaultIfEmpty()]) is { Parent: JsonObject parent } node)
            parent.Remove(node.GetPropertyName());
        return body?.ToJsonString() ?? "null";
    });

    private static RawRequest Extra(Random random, RawRequest request) => WithJson(request, body =>
    {
        if (Nodes(body).OfType<JsonObject>().ToArray() is { Length: > 0 } objects)
            Pick(random, objects)[Pick(random, "extra", "", "$head", "id", "name", "\0", "__proto__", "filters", "metadata")] = Hole;
        return Fill(body, Pick(random, Values));
    });

    private static RawRequest Duplicate(Random random, RawRequest request) => WithJson(request, body =>
    {
        var json = body?.ToJsonString() ?? "null";
        var open = json.IndexOf('{');
        var colon = json.IndexOf(':');
        return open < 0 || colon < open ? json : json.Insert(open + 1, $"{json[(open + 1)..colon]}:{Pick(random, Values)},");
    });

    private static RawRequest Truncate(Random random, RawRequest request) => request with { Body = request.Body[..random.Next(request.Body.Length + 1)] };

    private static RawRequest Bytes(Random random, RawRequest request)
    {
        if (request.Body.Length == 0)
            return request;
        var bytes = request.Body.ToArray();
        for (var times = random.Next(1, 5); times > 0; times--)
            bytes[random.Next(bytes.Length)] = (byte)Pick(random, 0xFF, 0xC3, 0x00, 0xED, 0x22, 0x5C, 0x0D, random.Next(256));
        return request with { Body = bytes };
    }

    private static RawRequest Empty(Random random, RawRequest request) => request with { Body = Encoding.UTF8.GetBytes(Pick(random, "", " ", "null", "\uFEFF", "{}", "[]", "\"", "0")) };

    private static RawRequest Garbage(Random random, RawRequest request)
    {
        var bytes = new byte[random.Next(2_000)];
        random.NextBytes(bytes);
        var part = Encoding.UTF8.GetBytes(Pick(random, "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\\\"\r\n\r\n", "--b\r\nContent-Disposition: form-data; name=\"peer_id\"\r\n\r\na\r\n--b--"));
        return (random.Next(2) == 0 ? request : request.With("Content-Type", "multipart/form-data; boundary=b")) with { Body = [.. part, .. bytes] };
    }

    private static RawRequest Path(Random random, RawRequest request)
    {
        var (path, query) = Split(request.Target);
        var segments = path.Split('/');
        segments[random.Next(1, segments.Length)] = Pick(random, Segments);
        return request with { Target = string.Join('/', segments) + query };
    }

    private static RawRequest Query(Random random, RawRequest request)
    {
        var (path, query) = Split(request.Target);
        return request with { Target = $"{path}{(query.Length == 0 ? "?" : $"{query}&")}{Pick(random, QueryParts)}" };
    }

    private static RawRequest Header(Random random, RawRequest request)
    {
        var (name, value) = Pick(random, Headers);
        return request.With(name, value);
    }

    private static RawRequest Length(Random random, RawRequest request) => request with { BodyLength = Pick(random, 0, request.Body.Length / 2, request.Body.Length + 10, 40_000_000, long.MaxValue) };

    private static RawRequest Method(Random random, RawRequest request) => request with { Method = Pick(random, "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get", "BREW") };

    private static RawRequest WithJson(RawRequest request, Func<JsonNode?, string> spoil)
    {
        try
        {
            var body = JsonNode.Parse(request.Body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            return request with { Body = Encoding.UTF8.GetBytes(spoil(body)) };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Spoiled beyond reading already.
            return request;
        }
    }

    private static string Replace(Random random, JsonNode? body, string json)
    {
        var node = Pick(random, [.. Nodes(body).DefaultIfEmpty()]);
        if (node?.Parent is null)
            return json;
        node.ReplaceWith(Hole);
        return Fill(body, json);
    }

    /// <summary>Puts text that no JSON writer would write into the place that was kept for it.</summary>
    private static string Fill(JsonNode? body, string json) => (body?.ToJsonString() ?? "null").Replace(JsonSerializer.Serialize(Hole), json, StringComparison.Ordinal);

    private static IEnumerable<JsonNode?> Nodes(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => Nodes(member.Value)).Prepend(item),
        JsonArray items => items.Take(3).SelectMany(Nodes).Prepend(items),
        null => [],
        _ => [node],
    };

    private static (string Path, string Query) Split(string target) => target.IndexOf('?') is var mark and >= 0 ? (target[..mark], target[mark..]) : (target, "");

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
