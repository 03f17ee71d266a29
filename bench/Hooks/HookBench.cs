using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Bench.Hooks;

/// <summary>
/// How long an event takes from being sent to being verified, stored and acknowledged, at a steady rate whatever the answers take: events are sent by the clock, so
/// that a slow answer makes nobody wait with the next.
/// </summary>
internal sealed class HookBench(HttpClient client, TextWriter output, int perSecond, int seconds, int channels)
{
    private const string Secret = "the signing secret of the bench";
    private const int WarmUp = 200;
    private const double Target = 20;

    /// <summary>Whether the target was met and everything stored once.</summary>
    public async Task<bool> RunAsync()
    {
        var path = await ConnectAsync();
        for (var i = 0; i < WarmUp; i++)
            await SendAsync(path, -1 - i);

        var count = perSecond * seconds;
        var sent = new Task<double>[count];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / perSecond) - clock.Elapsed;
            if (wait > TimeSpan.FromMilliseconds(1))
                await Task.Delay(wait);
            sent[i] = SendAsync(path, i);
        }

        var times = await Task.WhenAll(sent);
        var lasted = clock.Elapsed.TotalSeconds;
        Array.Sort(times);
        var stored = await StoredAsync();
        output.WriteLine($"{count} events of Slack in {channels} channels, {count / lasted:0} per second: p50 {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, p99 {At(0.99):0.0} ms, longest {times[^1]:0.0} ms; {stored} stored");
        output.WriteLine($"Target: p99 of {Target} ms or less at {perSecond} per second: {(At(0.99) <= Target ? "met" : "missed")}");
        return At(0.99) <= Target && stored == count + WarmUp;

        double At(double share) => times[Math.Min(times.Length - 1, (int)(times.Length * share))];
    }

    private async Task<string> ConnectAsync()
    {
        using var reply = await client.PostAsJsonAsync("/v1/workspaces/hooks/connections", new { platform = "slack", secrets = new { signing_secret = Secret } });
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<JsonObject>())!["path"]!.GetValue<string>();
    }

    /// <summary>Milliseconds to the acknowledgement.</summary>
    private async Task<double> SendAsync(string path, int number)
    {
        var at = DateTimeOffset.UtcNow;
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "event_callback",
            team_id = "T1",
            api_app_id = "A1",
            event_id = $"Ev{number}",
            @event = new
            {
                type = "message",
                channel = $"C{Math.Abs(number) % channels}",
                channel_type = "channel",
                user = $"U{Math.Abs(number) % (3 * channels)}",
                text = $"Message {number}: I moved to house {number} and I like it, though the train to work takes longer now.",
                ts = string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.{Math.Abs(number) % 1_000_000:000000}{(number < 0 ? 1 : 0)}"),
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body])));
        var begun = Stopwatch.GetTimestamp();
        using var reply = await client.SendAsync(request);
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        reply.EnsureSuccessStatusCode();
        return took;
    }

    private async Task<long> StoredAsync()
    {
        var stored = 0L;
        for (var channel = 0; channel < channels; channel++)
        {
            using var reply = await client.PostAsJsonAsync($"/v3/workspaces/hooks/sessions/slack_T1_C{channel}/messages/list?size=1", new { });
            stored += (await reply.Content.ReadFromJsonAsync<JsonObject>())!["total"]?.GetValue<long>() ?? 0;
        }

        return stored;
    }
}
