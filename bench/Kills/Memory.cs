using System.Text.Json.Nodes;

namespace Kith.Bench.Kills;

/// <summary>What a host worked out of its messages, for comparison with another.</summary>
/// <param name="Conclusions">Who knows what of whom, and from how many messages.</param>
/// <param name="Summaries">By session, made from the first message on.</param>
/// <param name="Answers">What searches find first, and how well: what is found equally well comes in any order.</param>
internal sealed record Memory(IReadOnlyList<string> Conclusions, IReadOnlyList<string> Summaries, IReadOnlyList<string> Answers)
{
    private const string Root = $"/v3/workspaces/{KilledHost.Workspace}";
    private static readonly string[] _summaries = ["summaries"];

    public static async Task<Memory> OfAsync(KilledHost host, IReadOnlyList<string> sessions, IReadOnlyList<string> queries)
    {
        var conclusions = await host.ListAsync($"{Root}/conclusions/list");
        // When a summary was made decides what it was made of: what is compared is made of the whole.
        var rebuild = await host.AskAsync(HttpMethod.Post, $"/v1/workspaces/{KilledHost.Workspace}/rebuilds", new { what = _summaries });
        await host.EndAsync($"/v1/workspaces/{KilledHost.Workspace}/rebuilds/{rebuild["id"]}");
        await host.DrainAsync();
        var (summaries, answers) = (new List<string>(), new List<string>());
        foreach (var session in sessions)
        {
            var made = await host.AskAsync(HttpMethod.Get, $"{Root}/sessions/{session}/summaries");
            summaries.Add($"{session}: {made["short_summary"]?["content"]} / {made["long_summary"]?["content"]}");
        }

        foreach (var query in queries)
        {
            var found = (await host.AskAsync(HttpMethod.Post, $"{Root}/search", new { query, limit = 1, include_scores = true })).AsArray();
            answers.Add($"{query}: {Text(found[0])} {Math.Round(found[0]!["score"]!.GetValue<double>(), 6)}");
        }

        return new Memory(
            [.. conclusions.Select(one => $"{one["observer_id"]} of {one["observed_id"]}: {Text(one)} ({one["times_derived"]})").Order(StringComparer.Ordinal)],
            summaries,
            answers);
    }

    private static string Text(JsonNode? item) => item!["content"]!.GetValue<string>();
}
