using System.Text.Json.Nodes;
using Kith.Clients.Hosts;
using Kith.Compliance.Tests;

namespace Kith.Http.Tests.Replay;

/// <summary>What the published clients sent to the original server gets the original's answers from Kith, but for the listed deviations.</summary>
public sealed class RecordedTrafficTests
{
    private const int Seed = 20261201;

    private static readonly Deviation[] Deviations =
    [
        new(@"conclusions\.(create|list|query|getMany)|conclusions(Of)?\.list", @"^\$(\.items)?\[\d+\]\{\}$", "Attribution (source_ids, times_derived) came after the recorded version (spec honcho-api §11)."),
        new(@"ts:conclusions\.get$", "^status$", "Came after the recorded version (spec honcho-api §11)."),
        new(@"ts:conclusions\.derived", "^status$", "Filtering by source_ids came after the recorded version (spec honcho-api §11)."),
        new(@"ts:ws\.chat", "^status$", "Came after the recorded version (spec honcho-api §11)."),
        new(@"ts:chat\.includeEvidence", @"^\$\{\}$", "Evidence came after the recorded version (spec honcho-api §11)."),
        new(@"py:peer\.card\.get\.empty", @"^\$\.peer_card$", "The recorded model found nothing for the card; Kith keeps one from the first statements on."),
        new(@"conclusions\.create", @"^\$\[1\]\.created_at$", "The conclusions of one call are a microsecond apart, so that lists by time keep their order."),
        new(@"session\.context", @"^\$\{\}$", "What the token budget left out, only Kith says (truncation)."),
        new(@"clone\.messages", @"\.token_count$", "The original's copies have no token counts (spec honcho-api §16)."),
        new(@"clone\.messages", @"\.created_at$", "The original's copies claim to have been said when they were copied (spec honcho-api §9.8)."),
        new(@"py2:card$", @"^\$\.peer_card(\[0\])?$", "What, and how much, the recorded model put on the card."),
        new(@"py2:(s\.)?working_rep", @"^\$\{\}$", "What is known stands beside 'representation' too, for the clients that do not unwrap it (spec honcho-api §12.4)."),
        new(@"upload_file\.json|tokens200\.nosummary", @"\.(content|token_count)$", "Uploaded JSON is stored without the blanks that the original's serialiser puts in."),
    ];

    private static readonly string[] Files = ["honcho-v2-python-1.6.0.jsonl", "honcho-v3-python-2.3.0.jsonl", "honcho-v3-ts-2.1.2.jsonl", "honcho-v3-ts-2.5.0.jsonl"];

    /// <summary>On SQLite; on doubles of Cosmos DB and AI Search, from the local host and from the Functions app; and while these fail at random.</summary>
    [Theory]
    [InlineData(Hosts.Sqlite, 0)]
    [InlineData(Hosts.Azure, 0)]
    [InlineData(Hosts.Azure, 0.05)]
    [InlineData(Hosts.Functions, 0)]
    [InlineData(Hosts.Functions, 0.05)]
    public async Task Recorded_requests_get_the_recorded_answers(Hosts on, double failing)
    {
        var differences = new List<Difference>();
        foreach (var file in Files)
        {
            using var doubles = new AzureDoubles();
            await using var functions = on == Hosts.Functions ? await FunctionsOnAzure.StartAsync(doubles) : null;
            await using var host = functions is not null ? null : on == Hosts.Sqlite ? new KithHost() : KithHost.OnAzure(doubles);
            using var client = host?.Client ?? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = functions!.Address };
            if (failing > 0)
                doubles.Fail(Seed, failing, inARow: 3);
            differences.AddRange(await ReplayAsync(client, file));
            doubles.Recover();
        }

        var surprises = differences.Where(difference => !Deviations.Any(deviation => deviation.Covers(difference))).Select(difference => difference.ToString());
        var gone = Deviations.Where(deviation => !differences.Any(deviation.Covers)).Select(deviation => $"No longer a deviation: {deviation}");
        var failures = string.Join('\n', surprises.Concat(gone));
        Assert.True(failures.Length == 0, failures);
    }

    public enum Hosts
    {
        Sqlite,
        Azure,
        Functions,
    }

    private static async Task<IReadOnlyList<Difference>> ReplayAsync(HttpClient client, string file)
    {
        var names = new ServerNames();
        var comparison = new AnswerComparison(names);
        var differences = new List<Difference>();
        foreach (var recording in Recording.Read(file))
            differences.AddRange(comparison.Compare(recording, await SendAsync(client, recording, names)));
        return differences;
    }

    /// <summary>Where the recording waited for the queue, or for a summary, so does the replay.</summary>
    private static Task<KithHost.Reply> SendAsync(HttpClient client, Recording recording, ServerNames names)
    {
        var path = names.Translate(recording.Query is { Length: > 0 } query ? $"{recording.Path}?{query}" : recording.Path);
        return Eventually.SeeAsync(
            () => KithHost.SendAsync(client, recording.Method, path, recording.Content(names.Translate), headers: recording.Headers), reply => IsSettled(recording, reply));
    }

    private static bool IsSettled(Recording recording, KithHost.Reply reply)
    {
        if (recording.Path.EndsWith("/queue/status", StringComparison.Ordinal) || recording.Path.EndsWith("/deriver/status", StringComparison.Ordinal))
            return Unfinished(recording.Json!) > 0 || Unfinished(reply.Json!) == 0;
        return !recording.Path.EndsWith("/summaries", StringComparison.Ordinal) || recording.Json!["short_summary"] is null || reply.Json!["short_summary"] is not null;

        static long Unfinished(JsonNode status) =>
            status["pending_work_units"]!.GetValue<long>() + status["in_progress_work_units"]!.GetValue<long>();
    }
}
