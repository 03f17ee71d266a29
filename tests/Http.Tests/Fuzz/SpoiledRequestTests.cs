using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kith.Http.Tests.Replay;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Fuzz;

/// <summary>
/// Recorded requests, spoiled in every way that a broken client or an attacker may think of, at every route. KITH_FUZZ_REQUESTS sets their
/// number; KITH_FUZZ_SEED repeats a run.
/// </summary>
public sealed partial class SpoiledRequestTests(ITestOutputHelper output)
{
    private const int Requests = 2_000;
    private const int MostFailures = 10;
    private const string Session = "/v3/workspaces/golden-ts-2-5-0/sessions/ts-s-2-5-0";
    private const string Messages = $"{Session}/messages";
    private static readonly string[] Files = ["honcho-v3-ts-2.5.0.jsonl", "honcho-v2-python-1.6.0.jsonl"];

    /// <summary>For what never ends; how busy the machine is must not matter.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Spoiled_requests_are_refused_cleanly_and_store_nothing()
    {
        var seed = Setting("KITH_FUZZ_SEED", Random.Shared.Next());
        var count = Setting("KITH_FUZZ_REQUESTS", Requests);
        output.WriteLine($"KITH_FUZZ_SEED={seed} KITH_FUZZ_REQUESTS={count}");
        await using var host = KithHost.OnKestrel();
        var examples = await ExamplesAsync(host);
        var failures = new List<string>();
        var statuses = new SortedDictionary<int, int>();
        for (var number = 0; number < count && failures.Count < MostFailures; number++)
        {
            var random = new Random(HashCode(seed, number));
            var example = examples[random.Next(examples.Length)];
            var request = Mutations.Apply(random, example[random.Next(example.Length)]);
            // What is watched must stay.
            if (request.Method == "DELETE" && Session.StartsWith(request.Target.Split('?')[0].TrimEnd('/'), StringComparison.Ordinal))
                continue;
            // Only a post that still goes to the watched session can be told from the other traffic by its message count.
            var before = IsPost(request) ? await CountAsync(host) : null;
            using var limit = new CancellationTokenSource(Patience);
            var reply = await request.SendAsync(host.Client.BaseAddress!, limit.Token);
            statuses[reply.Status] = statuses.GetValueOrDefault(reply.Status) + 1;
            var fault = Fault(request, reply)
                ?? (before is { } known && await CountAsync(host) - known is var added && added != Promised(reply) ? $"stored {added} messages" : null);
            if (fault is not null)
                failures.Add($"{number} {fault}: {request}\n  {reply.Status} {reply.Body[..Math.Min(reply.Body.Length, 500)]}");
        }

        output.WriteLine(string.Join(", ", statuses));
        Assert.True(failures.Count == 0, $"KITH_FUZZ_SEED={seed}\n{string.Join('\n', failures)}");
        await CheckConsistencyAsync(host);
    }

    /// <summary>What the recorded clients sent, by route; where it sent nothing, the plainest request.</summary>
    private static async Task<RawRequest[][]> ExamplesAsync(KithHost host)
    {
        var recorded = new List<RawRequest>();
        foreach (var file in Files)
            recorded.AddRange(await RecordedAsync(host, file));
        recorded.AddRange(await ElizaRequests.OpenAsync(host));
        foreach (var request in ThreadRequests.All)
        {
            recorded.Add(request);
            await host.SendAsync(request.Method, request.Target, Encoding.UTF8.GetString(request.Body));
        }

        return [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(route => ExamplesOf(route, recorded))];
    }

    private static async Task<List<RawRequest>> RecordedAsync(KithHost host, string file)
    {
        var names = new ServerNames();
        var comparison = new AnswerComparison(names);
        var recorded = new List<RawRequest>();
        foreach (var recording in Recording.Read(file).Where(recording => recording is not { Method: "DELETE", Path: Session }))
        {
            var target = names.Translate(recording.Query is { Length: > 0 } query ? $"{recording.Path}?{query}" : recording.Path);
            var body = recording.Content(names.Translate);
            recorded.Add(new RawRequest(recording.Method, target, [("Content-Type", body?.Headers.ContentType?.ToString() ?? "application/json")], body is null ? [] : await body.ReadAsByteArrayAsync()));
            // Comparing learns the ids that later requests need.
            _ = comparison.Compare(recording, await host.SendAsync(recording.Method, target, body)).Count();
        }

        return recorded;
    }

    private static RawRequest[] ExamplesOf(RouteEndpoint route, List<RawRequest> recorded)
    {
        var template = '/' + route.RoutePattern.RawText!.Trim('/');
        var path = new Regex($@"^{Parameter().Replace(template, "[^/?]+")}(\?|$)");
        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        RawRequest[] found = [.. recorded.Where(request => methods.Contains(request.Method) && path.IsMatch(request.Target))];
        return found.Length > 0 ? found : [.. methods.Select(method => new RawRequest(method, Parameter().Replace(template, "x"), [("Content-Type", "application/json")], "{}"u8.ToArray()))];
    }

    private static string? Fault(RawRequest request, RawReply reply)
    {
        if (reply.Status >= 500)
            return "server error";
        // An empty refusal comes from the server's own reader: the request never was one.
        if (reply.Status < 400 || reply.Body.Length == 0)
            return reply.Status == 0 && request.BodyLength is null && !request.IsCutShort ? "no answer" : null;
        return !reply.IsJson || IsRefusal(reply.Body) ? null : "not the shape of an error";
    }

    private static bool IsRefusal(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject answer && (answer["detail"] ?? answer["error"]) switch
            {
                JsonObject error => error["code"]?.GetValueKind() == JsonValueKind.String && error["message"]?.GetValueKind() == JsonValueKind.String,
                JsonValue text => text.GetValueKind() == JsonValueKind.String,
                JsonArray errors => errors.Count > 0 && errors.All(error => error!["type"] is not null && error["loc"] is JsonArray && error["msg"] is not null),
                _ => false,
            };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsPost(RawRequest request) => request.Method == "POST" && Post().IsMatch(request.Target);

    /// <summary>How many messages the answer says are stored.</summary>
    private static int Promised(RawReply reply) => reply.Status == 201 ? JsonNode.Parse(reply.Body)!.AsArray().Count : 0;

    private static async Task<int?> CountAsync(KithHost host) => (await host.SendAsync("POST", $"{Messages}/list?size=1")).Json!["total"]!.GetValue<int>();

    private static async Task CheckConsistencyAsync(KithHost host)
    {
        var sent = await host.SendAsync("POST", Messages, new { messages = new[] { new { content = "After the storm", peer_id = "alice" } } });
        Assert.Equal(201, sent.Code);
        var ids = new List<string>();
        for (var page = 1; ; page++)
        {
            var list = (await host.SendAsync("POST", $"{Messages}/list?size=100&page={page}")).Json!;
            ids.AddRange(list["items"]!.AsArray().Select(message => message!["id"]!.GetValue<string>()));
            if (page < list["pages"]!.GetValue<int>())
                continue;
            Assert.Equal(list["total"]!.GetValue<int>(), ids.Count);
            break;
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(sent.Json![0]!["id"]!.GetValue<string>(), ids[^1]);
    }

    /// <summary>Neighbouring seeds share no requests.</summary>
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + number);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [GeneratedRegex(@"\{[^/]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex($@"^{Messages}(/upload)?/?(\?|$)")]
    private static partial Regex Post();
}
