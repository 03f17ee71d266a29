using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Bench.Locomo;

/// <summary>Loads the conversations as an application would, through the HTTP API, and measures whether search brings up the turns that hold the answers.</summary>
internal sealed class LocomoBench(HttpClient client, TextWriter output)
{
    private const int Adversarial = 5;
    private const int MessagesPerPost = 100;

    private static readonly int[] Cuts = [5, 10, 25, 50];
    private static readonly string[] Categories = ["", "multi-hop", "temporal", "open-domain", "single-hop"];

    /// <summary>From the data folder's README: plain BM25, one index per conversation, the same questions.</summary>
    private static readonly double[] Bm25 = [0.532, 0.612, 0.695, 0.746];

    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        var results = new List<(int Category, double[] Recall)>();
        var searches = new List<double>();
        var (messages, loading) = (0, TimeSpan.Zero);
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var conversation = Conversation.Read(file);
            var workspace = $"locomo-{conversation.Name}-{Guid.NewGuid():N}";
            var clock = Stopwatch.StartNew();
            foreach (var sitting in conversation.Sittings)
                messages += await LoadAsync(workspace, sitting, cancellationToken);
            await DrainAsync(workspace, cancellationToken);
            loading += clock.Elapsed;

            foreach (var question in conversation.Questions.Where(question => question.Category != Adversarial && question.Evidence.Count > 0))
            {
                var start = Stopwatch.GetTimestamp();
                var found = await SearchAsync(workspace, question.Text, cancellationToken);
                searches.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                results.Add((question.Category, [.. Cuts.Select(cut => Recall(found, question.Evidence, cut))]));
            }
        }

        Print(results, searches, messages, loading);
    }

    private static double Recall(IReadOnlyList<string> found, IReadOnlyList<string> evidence, int cut) =>
        (double)evidence.Count(found.Take(cut).Contains) / evidence.Count;

    private async Task<int> LoadAsync(string workspace, Sitting sitting, CancellationToken cancellationToken)
    {
        var messages = sitting.Turns.Select((turn, i) => new JsonObject
        {
            ["peer_id"] = turn.Speaker,
            ["content"] = turn.Text,
            ["created_at"] = sitting.Date.AddSeconds(i * 20).ToString("O"),
            ["metadata"] = new JsonObject { ["dia_id"] = turn.Id },
        });
        foreach (var chunk in messages.Chunk(MessagesPerPost))
        {
            var body = new JsonObject { ["messages"] = new JsonArray([.. chunk]) };
            using var answer = await client.PostAsJsonAsync($"/v3/workspaces/{workspace}/sessions/{sitting.Name}/messages", body, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        return sitting.Turns.Count;
    }

    private async Task DrainAsync(string workspace, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await client.GetFromJsonAsync<JsonElement>($"/v3/workspaces/{workspace}/queue/status", cancellationToken);
            if (status.GetProperty("pending_work_units").GetInt64() + status.GetProperty("in_progress_work_units").GetInt64() == 0)
                return;
            await Task.Delay(100, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> SearchAsync(string workspace, string query, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["query"] = query, ["limit"] = Cuts[^1] };
        using var answer = await client.PostAsJsonAsync($"/v3/workspaces/{workspace}/search", body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return [.. found.EnumerateArray().Select(message => message.GetProperty("metadata").GetProperty("dia_id").GetString()!)];
    }

    private void Print(List<(int Category, double[] Recall)> results, List<double> searches, int messages, TimeSpan loading)
    {
        output.WriteLine($"{results.Count} questions over {messages} messages, loaded and derived in {loading.TotalSeconds:F1} s");
        output.WriteLine();
        output.WriteLine("| evidence recall | " + string.Join(" | ", Cuts.Select(cut => $"@{cut}")) + " |");
        output.WriteLine("|---|" + string.Concat(Cuts.Select(_ => "---|")));
        Row("Kith", Mean(results));
        Row("BM25", Bm25);
        for (var category = 1; category < Adversarial; category++)
            Row(Categories[category], Mean(results.Where(result => result.Category == category)));
        searches.Sort();
        output.WriteLine();
        output.WriteLine($"search: median {searches[searches.Count / 2]:F1} ms, p95 {searches[(int)(searches.Count * 0.95)]:F1} ms");

        void Row(string name, double[] values) => output.WriteLine($"| {name} | " + string.Join(" | ", values.Select(value => value.ToString("F3"))) + " |");

        static double[] Mean(IEnumerable<(int Category, double[] Recall)> some)
        {
            var all = some.ToArray();
            return [.. Cuts.Select((_, i) => all.Average(result => result.Recall[i]))];
        }
    }
}
