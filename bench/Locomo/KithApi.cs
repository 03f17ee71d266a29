using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Tokens;

namespace Kith.Bench.Locomo;

/// <summary>The calls an application would make.</summary>
internal sealed class KithApi(HttpClient client)
{
    private const int MessagesPerPost = 100;
    private const int PageSize = 100;

    public async Task<Loaded> LoadAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var workspace = $"locomo-{conversation.Name}-{Guid.NewGuid():N}";
        var turns = new Dictionary<string, string>();
        var clock = Stopwatch.StartNew();
        foreach (var sitting in conversation.Sittings)
        {
            foreach (var chunk in sitting.Turns.Index().Chunk(MessagesPerPost))
            {
                var body = new JsonObject { ["messages"] = new JsonArray([.. chunk.Select(item => Message(sitting, item.Index, item.Item))]) };
                var stored = await PostAsync($"{workspace}/sessions/{sitting.Name}/messages", body, cancellationToken);
                foreach (var (message, (_, turn)) in stored.EnumerateArray().Zip(chunk))
                    turns[message.GetProperty("id").GetString()!] = turn.Id;
            }
        }

        await DrainAsync(workspace, cancellationToken);
        return new Loaded(workspace, conversation, turns, clock.Elapsed);
    }

    /// <summary>Ids of the found messages, best first.</summary>
    public async Task<IReadOnlyList<string>> SearchAsync(string workspace, string query, int limit, CancellationToken cancellationToken)
    {
        var found = await PostAsync($"{workspace}/search", new JsonObject { ["query"] = query, ["limit"] = limit }, cancellationToken);
        return [.. found.EnumerateArray().Select(Id)];
    }

    /// <summary>All conclusions with the ids of their messages.</summary>
    public async Task<IReadOnlyList<(string Content, IReadOnlyList<string> MessageIds)>> ConclusionsAsync(string workspace, CancellationToken cancellationToken)
    {
        var conclusions = new List<(string, IReadOnlyList<string>)>();
        for (var number = 1; ; number++)
        {
            var page = await PostAsync($"{workspace}/conclusions/list?page={number}&size={PageSize}", new JsonObject { ["include_sources"] = true }, cancellationToken);
            conclusions.AddRange(page.GetProperty("items").EnumerateArray().Select(item => (
                item.GetProperty("content").GetString()!,
                (IReadOnlyList<string>)[.. item.GetProperty("message_ids").EnumerateArray().Select(id => id.GetString()!)])));
            if (number >= page.GetProperty("pages").GetInt32())
                return conclusions;
        }
    }

    /// <summary>Whether the answer rests on nothing.</summary>
    /// <param name="peer">Null asks the whole workspace.</param>
    public async Task<bool> AbstainsAsync(string workspace, string? peer, string question, CancellationToken cancellationToken)
    {
        var path = peer is null ? $"{workspace}/chat" : $"{workspace}/peers/{Uri.EscapeDataString(peer)}/chat";
        var body = new JsonObject { ["query"] = question, ["include_evidence"] = true };
        if (peer is not null)
            body["target"] = peer;
        var evidence = (await PostAsync(path, body, cancellationToken)).GetProperty("evidence");
        return evidence.GetProperty("conclusions").GetArrayLength() == 0 && evidence.GetProperty("messages").GetArrayLength() == 0;
    }

    /// <summary>Tokens of what a peer's context says in view of a question.</summary>
    public async Task<int> ContextTokensAsync(string workspace, string peer, string question, CancellationToken cancellationToken)
    {
        var path = $"/v3/workspaces/{workspace}/peers/{Uri.EscapeDataString(peer)}/context?search_query={Uri.EscapeDataString(question)}";
        var context = await client.GetFromJsonAsync<JsonElement>(path, cancellationToken);
        var card = context.GetProperty("peer_card") is { ValueKind: JsonValueKind.Array } lines ? lines.EnumerateArray().Select(line => line.GetString()) : [];
        return Tokenizer.Count(context.GetProperty("representation").GetString()) + card.Sum(line => Tokenizer.Count(line));
    }

    /// <summary>What models were used for, by purpose; empty without a model.</summary>
    public async Task<IReadOnlyList<Spent>> UsageAsync(string workspace, CancellationToken cancellationToken)
    {
        var usage = await client.GetFromJsonAsync<JsonElement>($"/v1/workspaces/{workspace}/usage", cancellationToken);
        return [.. usage.GetProperty("purposes").EnumerateArray().Select(item => new Spent(
            item.GetProperty("purpose").GetString()!,
            item.GetProperty("input_tokens").GetInt64(),
            item.GetProperty("output_tokens").GetInt64()))];
    }

    private static JsonObject Message(Sitting sitting, int place, Turn turn) => new()
    {
        ["peer_id"] = turn.Speaker,
        ["content"] = turn.Text,
        ["created_at"] = sitting.Date.AddSeconds(place * 20).ToString("O"),
    };

    private static string Id(JsonElement item) => item.GetProperty("id").GetString()!;

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

    private async Task<JsonElement> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync($"/v3/workspaces/{path}", body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
