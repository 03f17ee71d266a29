using System.Text;
using System.Text.Json;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests;

/// <summary>
/// No request gives a 500: random paths, queries, headers and bodies, made of what routes know and of what breaks parsers. KITH_FUZZ_REQUESTS sets
/// the number of requests, KITH_FUZZ_SEED repeats a run.
/// </summary>
public sealed class FuzzTests
{
    private const int Requests = 2_000;

    private static readonly string[] Names = ["w", "w", "w", "alice", "bob", "s", "s", "scope.x", "nope", "", "a b", "%00", "..", "ü", "%F0%9F%98%80", "%2F", new('x', 600), "%ED%A0%80", "*", "'", "$system"];

    private static readonly string[] Members =
    [
        "id", "name", "metadata", "configuration", "peers", "peer_names", "scopes", "messages", "content", "peer_id", "created_at", "filters", "query", "limit",
        "top_k", "distance", "session_id", "target", "stream", "reasoning_level", "response_format", "scope", "include_evidence", "conclusions", "observations",
        "observer_id", "observed_id", "observer", "observed", "dream_type", "rebuild", "url", "session_ids", "peer_card", "observe_me", "observe_others", "kind",
        "search_query", "search_top_k", "search_max_distance", "include_most_frequent", "max_conclusions", "AND", "OR", "NOT", "in", "contains", "gte", "ne", "level",
        "reasoning", "summary", "dream", "enabled", "custom_instructions", "messages_per_short_summary", "type", "properties", "$ref", "items", "anyOf", "peer_perspective",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "1", "-1", "5", "100", "101", "1.5", "1e999", "-1e-999", "9223372036854775808", "1" + new string('0', 400), "\"\"", "\"alice\"", "\"s\"", "\"w\"",
        "\"scope.x\"", "\"*\"", "\"omni\"", "\"low\"", "\"max\"", "\"object\"", "\"string\"", "\"explicit\"", "\"2024-01-02T03:04:05Z\"", "\"0001-01-01\"", "\"a\\u0000b\"", "\"\\ud800\"",
        "\"\\ud83d\\ude00\"", "\"#/$defs/a\"", "\"http://127.0.0.1/\"", "\"https://example.com/\"", "\"' OR 1=1 --\"", "\"%_\\\\\"", "\"I live in Berlin and I love tea.\"", "[]", "{}", "[\"s\"]",
    ];

    private static readonly string[] ContentTypes = ["application/json", "application/json", "application/json", "application/json; charset=utf-8", "application/problem+json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data", "nonsense"];

    [Fact]
    public async Task No_request_is_answered_with_a_server_error()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KITH_FUZZ_SEED"), out var given) ? given : 20_240_817;
        var count = int.TryParse(Environment.GetEnvironmentVariable("KITH_FUZZ_REQUESTS"), out var wanted) ? wanted : Requests;
        await using var host = KithHost.OnKestrel();
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();

        var failures = new List<string>();
        var statuses = new SortedDictionary<int, int>();
        for (var number = 0; number < count && failures.Count < 10; number++)
        {
            // Again and again, because some requests delete it.
            if (number % 100 == 0)
                await host.SendAsync("POST", "/v3/workspaces/w/sessions", new { id = "s", peers = new { alice = new { }, bob = new { } } });
            var random = new Random(seed + number);
            var route = routes[random.Next(routes.Length)];
            var (method, path, body) = (Method(random, route), Path(random, route), Body(random, MembersOf(route)));
            var type = Pick(random, ContentTypes);
            using var content = body is null ? null : new ByteArrayContent(body);
            content?.Headers.TryAddWithoutValidation("Content-Type", type);
            var reply = await host.SendAsync(method, path, content);
            statuses[reply.Code] = statuses.GetValueOrDefault(reply.Code) + 1;
            if (reply.Code >= 500 || (reply.Code >= 400 && reply.Type == "application/json" && method != "HEAD" && reply.Json?["detail"] is null))
                failures.Add($"seed {seed + number}: {method} {path} {type} {(body is null ? "" : Encoding.UTF8.GetString(body))}\n  {reply.Code} {reply.Text}");
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        // Requests that all die at the door would prove nothing about what is behind it.
        Assert.True(statuses.Where(status => status.Key < 300).Sum(status => status.Value) > count / 20, string.Join(", ", statuses));
    }

    private static string Method(Random random, RouteEndpoint route) =>
        random.Next(20) == 0 ? Pick(random, "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH") : route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";

    private static string Path(Random random, RouteEndpoint route)
    {
        var path = new StringBuilder();
        foreach (var segment in route.RoutePattern.PathSegments)
        {
            var parameter = segment.Parts.OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart>().FirstOrDefault();
            path.Append('/').Append(parameter is null ? string.Concat(segment.Parts.OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>().Select(part => part.Content))
                : random.Next(3) > 0 ? parameter.Name switch { "workspace" => "w", "session" => "s", _ => "alice" }
                : Pick(random, Names));
        }

        var query = route.Metadata.OfType<QueryMetadata>().Where(_ => random.Next(3) == 0).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(Pick(random, Scalars).Trim('"'))}");
        return path + "?" + string.Join('&', query);
    }

    /// <summary>What the route's own body may hold.</summary>
    private static string[] MembersOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<ReadsMetadata>() is { } reads
            ? [.. reads.Type.GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))]
            : Members;

    private static byte[]? Body(Random random, string[] members)
    {
        if (random.Next(12) == 0)
            return null;
        var json = new StringBuilder();
        Write(random, json, depth: random.Next(6), random.Next(4) == 0 ? Members : members);
        var bytes = Encoding.UTF8.GetBytes(json.ToString());
        if (random.Next(6) == 0 && bytes.Length > 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(40) == 0)
            return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Pick(random, "[", "{\"a\":", "{\"filters\":{\"NOT\":["), random.Next(2_000))));
        return bytes;
    }

    private static void Write(Random random, StringBuilder json, int depth, string[] members)
    {
        switch (depth == 0 ? 0 : random.Next(10))
        {
            case 0:
                json.Append(Pick(random, Scalars));
                break;
            case 1:
                json.Append('[');
                WriteMany(random, json, depth, null);
                json.Append(']');
                break;
            default:
                json.Append('{');
                WriteMany(random, json, depth, members);
                json.Append('}');
                break;
        }
    }

    private static void WriteMany(Random random, StringBuilder json, int depth, string[]? members)
    {
        var count = random.Next(7);
        for (var index = 0; index < count; index++)
        {
            if (index > 0)
                json.Append(',');
            if (members is not null)
                json.Append('"').Append(Pick(random, members)).Append("\":");
            Write(random, json, depth - 1, Members);
        }
    }

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
