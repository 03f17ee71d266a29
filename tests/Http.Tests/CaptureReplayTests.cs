using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kith.Http.Tests;

/// <summary>
/// Sends what the published clients sent to the original server, in order, and compares the answers: status, content type, members and JSON
/// types everywhere; values wherever the client decides them; errors to the letter.
/// </summary>
public sealed partial class CaptureReplayTests
{
    /// <summary>What the recorded server did not have or had not found out yet (spec honcho-api §11): label and status now.</summary>
    private static readonly Dictionary<string, int> Additions = new()
    {
        ["py:peer.card.get.empty"] = 200,
        ["ts:chat.includeEvidence"] = 200,
        ["ts:conclusions.get"] = 200,
        ["ts:conclusions.derived"] = 200,
        ["ts:ws.chat"] = 200,
    };

    /// <summary>Values that the server decides, by member name.</summary>
    private static readonly HashSet<string> ServersOwn = ["created_at", "updated_at", "state"];

    private readonly Dictionary<string, string> _ids = [];

    [Theory]
    [InlineData("honcho-v3-python-2.3.0.jsonl")]
    [InlineData("honcho-v3-ts-2.1.2.jsonl")]
    [InlineData("honcho-v3-ts-2.5.0.jsonl")]
    public async Task Recorded_traffic_gets_the_recorded_answers(string file)
    {
        await using var host = new KithHost();
        var differences = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Captures", file)))
        {
            var capture = JsonNode.Parse(line)!;
            await DrainAsync(host, capture);
            var reply = await SendAsync(host, capture);
            differences.AddRange(Compare(capture, reply).Select(difference => $"{capture["seq"]} {capture["label"]}: {difference}"));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>Reads of derived things were recorded after the original had caught up.</summary>
    private static async Task DrainAsync(KithHost host, JsonNode capture)
    {
        var path = capture["path"]!.GetValue<string>();
        if (!DerivedPath().IsMatch(path))
            return;
        var status = string.Join('/', path.Split('/')[..4]) + "/queue/status";
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var units = (await host.SendAsync("GET", status)).Json!;
            if (units["pending_work_units"]!.GetValue<long>() + units["in_progress_work_units"]!.GetValue<long>() == 0)
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The queue of {path} did not drain");
    }

    private Task<KithHost.Reply> SendAsync(KithHost host, JsonNode capture)
    {
        var path = Translate(capture["path"]!.GetValue<string>());
        if (capture["query"]?.GetValue<string>() is { Length: > 0 } query)
            path += "?" + Translate(query);
        return host.SendAsync(capture["method"]!.GetValue<string>(), path, Content(capture), headers: BrowserHeaders(capture));
    }

    /// <summary>The recordings leave out what browsers add to a preflight.</summary>
    private static Dictionary<string, string> BrowserHeaders(JsonNode capture) =>
        capture["method"]!.GetValue<string>() == "OPTIONS" ? new() { ["Origin"] = "http://localhost", ["Access-Control-Request-Method"] = "POST" } : [];

    private ByteArrayContent? Content(JsonNode capture)
    {
        var type = capture["request_headers"]!["content-type"]?.GetValue<string>();
        byte[]? bytes = capture["request_body"] switch
        {
            null => null,
            JsonObject body when body.ContainsKey("base64") => Convert.FromBase64String(body["base64"]!.GetValue<string>()),
            JsonObject body when body.ContainsKey("text") => Encoding.UTF8.GetBytes(body["text"]!.GetValue<string>()),
            var body => Encoding.UTF8.GetBytes(Translate(body["json"]?.ToJsonString() ?? "null")),
        };
        if (bytes is null && type is null)
            return null;
        var content = new ByteArrayContent(bytes ?? []);
        if (type is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private IEnumerable<string> Compare(JsonNode capture, KithHost.Reply reply)
    {
        if (Additions.TryGetValue(capture["label"]!.GetValue<string>(), out var status))
        {
            if (reply.Code != status)
                yield return $"status {reply.Code} instead of {status}: {reply.Text}";
            yield break;
        }

        if (reply.Code != capture["status"]!.GetValue<int>())
        {
            yield return $"status {reply.Code} instead of {capture["status"]}: {reply.Text}";
            yield break;
        }

        var type = capture["response_headers"]!["content-type"]?.GetValue<string>();
        if (reply.Type != type)
            yield return $"content type {reply.Type} instead of {type}";
        if (capture["response_body"] is not JsonObject body || !body.TryGetPropertyValue("json", out var recorded))
            yield break;
        if (recorded is JsonObject list && list["items"] is { } items && MembersPath().IsMatch(capture["path"]!.GetValue<string>()))
            list["items"] = Sorted(items);
        var exact = reply.Code >= 400 || !DerivedPath().IsMatch(capture["path"]!.GetValue<string>());
        foreach (var difference in Compare("$", recorded, reply.Json, exact, isRewritten: RewrittenLabel().IsMatch(capture["label"]!.GetValue<string>())))
            yield return difference;
    }

    private IEnumerable<string> Compare(string at, JsonNode? recorded, JsonNode? given, bool exact, bool isRewritten)
    {
        if (recorded is null || given is null)
        {
            // What is derived may be missing on either side: models differ in what they find worth saying.
            if (exact && (recorded is null) != (given is null))
                yield return $"{at}: {given?.ToJsonString() ?? "null"} instead of {recorded?.ToJsonString() ?? "null"}";
            yield break;
        }

        if (Kind(recorded) != Kind(given))
        {
            yield return $"{at}: {given.ToJsonString()} instead of {recorded.ToJsonString()}";
            yield break;
        }

        switch (recorded)
        {
            case JsonObject left:
                foreach (var difference in CompareMembers(at, left, given.AsObject(), exact, isRewritten))
                    yield return difference;
                break;
            case JsonArray left:
                var right = given.AsArray();
                if (exact && left.Count != right.Count)
                    yield return $"{at}: {right.Count} items instead of {left.Count}";
                foreach (var (index, item) in right.Index())
                {
                    if (left.Count > 0)
                    {
                        foreach (var difference in Compare($"{at}[{index}]", left[Math.Min(index, left.Count - 1)], item, exact && index < left.Count, isRewritten))
                            yield return difference;
                    }
                }

                break;
            default:
                if (exact && Translate(recorded.ToJsonString()) is var expected && expected != given.ToJsonString() && !LearnId(recorded, given))
                    yield return $"{at}: {given.ToJsonString()} instead of {expected}";
                break;
        }
    }

    private IEnumerable<string> CompareMembers(string at, JsonObject left, JsonObject right, bool exact, bool isRewritten)
    {
        // Maps from ids to things have no fixed members.
        if (at.EndsWith(".sessions", StringComparison.Ordinal) || at.EndsWith(".backfill_status", StringComparison.Ordinal))
        {
            if (left.FirstOrDefault().Value is { } one && right.FirstOrDefault().Value is { } other)
            {
                foreach (var difference in Compare(at + ".*", one, other, exact: false, isRewritten))
                    yield return difference;
            }

            yield break;
        }

        // Which things come first is not part of a derived answer, and so neither is what clients attached to them.
        if (!exact && (at.EndsWith(".metadata", StringComparison.Ordinal) || at.EndsWith(".configuration", StringComparison.Ordinal)))
            yield break;

        // Attribution came after the recording (spec honcho-api §11); what a context's budget left out only Kith says.
        var names = right.Select(member => member.Key).Where(name => name is not ("source_ids" or "times_derived" or "truncation")).ToHashSet();
        if (!names.SetEquals(left.Select(member => member.Key)))
            yield return $"{at}: members {string.Join(',', names)} instead of {string.Join(',', left.Select(member => member.Key))}";
        foreach (var (name, value) in left)
        {
            var own = ServersOwn.Contains(name) || (isRewritten && (name is "token_count" or "content"));
            foreach (var difference in Compare($"{at}.{name}", value, right[name], exact && !own, isRewritten))
                yield return difference;
        }
    }

    /// <summary>Members of a session have no defined order (spec honcho-api §3); Kith's is that of names.</summary>
    private static JsonArray Sorted(JsonNode items) => [.. items.AsArray().OrderBy(item => item!["id"]!.GetValue<string>(), StringComparer.Ordinal).Select(item => item!.DeepClone())];

    private bool LearnId(JsonNode recorded, JsonNode given) =>
    recorded.GetValueKind() == JsonValueKind.String
    && ServerId().IsMatch(recorded.GetValue<string>())
    && ServerId().IsMatch(given.GetValue<string>())
    && _ids.TryAdd(recorded.GetValue<string>(), given.GetValue<string>());

    private string Translate(string text) => _ids.Aggregate(text, (current, id) => current.Replace(id.Key, id.Value, StringComparison.Ordinal));

    private static string Kind(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "Boolean" : node.GetValueKind().ToString();

    [GeneratedRegex("/(context|summaries|representation|chat|search|conclusions/list|conclusions/query|status|workspaces/list)$")]
    private static partial Regex DerivedPath();

    [GeneratedRegex("/sessions/[^/]+/peers$")]
    private static partial Regex MembersPath();

    /// <summary>Steps whose texts or token counts differ on purpose: copies keep their counts, uploaded JSON is stored compactly.</summary>
    [GeneratedRegex("clone|upload_file.json")]
    private static partial Regex RewrittenLabel();

    [GeneratedRegex("^[A-Za-z0-9_-]{21}$")]
    private static partial Regex ServerId();
}
