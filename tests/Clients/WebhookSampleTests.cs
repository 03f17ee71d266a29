using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kith.Clients;

/// <summary>The sample of docs/webhooks.md takes genuine events, also after a rotation, and refuses others.</summary>
public sealed class WebhookSampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_sample_prints_what_is_genuine_once_and_refuses_the_rest()
    {
        using var data = new DataFolder();
        await using var host = await HostProcess.StartAsync(data, "--Webhooks:PrivateTargets", "true");
        using var client = new HttpClient { BaseAddress = host.Address };
        await client.PostAsJsonAsync("/v3/workspaces", new { id = "w" }, TestContext.Current.CancellationToken);

        // The secret is known before the receiver's port: the address is registered for a port that it then listens on.
        var port = FreePort();
        var registered = await ReadAsync(await client.PostAsJsonAsync("/v1/workspaces/w/webhooks", new { url = $"http://127.0.0.1:{port}/" }, TestContext.Current.CancellationToken));
        var webhook = $"/v1/workspaces/w/webhooks/{(string)registered["id"]!}";
        using var receiver = new Sample((string)registered["secret"]!, port);
        await receiver.WaitAsync("listening on");

        await client.PostAsync($"{webhook}/rotate", null, TestContext.Current.CancellationToken);
        var sent = await ReadAsync(await client.PostAsync($"{webhook}/test", null, TestContext.Current.CancellationToken));
        await receiver.WaitAsync("""test.event {"workspace_id":"w"}""");
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/") { Content = JsonContent.Create(new { type = "test.event", data = new { } }) };
        forged.Headers.Add("webhook-id", (string)sent["event_id"]!);
        forged.Headers.Add("webhook-timestamp", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}");
        forged.Headers.Add("webhook-signature", "v1,AAAA");
        Assert.Equal(401, (int)(await client.SendAsync(forged, TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal(1, receiver.Lines.Count(line => line.Contains("test.event", StringComparison.Ordinal)));
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Sample : IDisposable
    {
        private readonly Process _process;

        public Sample(string secret, int port)
        {
            var start = new ProcessStartInfo("node") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, "samples", "receiver.mjs"), secret, $"{port}" }, RedirectStandardOutput = true };
            _process = new Process { StartInfo = start };
            _process.OutputDataReceived += (_, line) => Lines.Enqueue(line.Data ?? "");
            _process.Start();
            _process.BeginOutputReadLine();
        }

        public ConcurrentQueue<string> Lines { get; } = [];

        public async Task WaitAsync(string text)
        {
            for (var clock = Stopwatch.StartNew(); !Lines.Any(line => line.Contains(text, StringComparison.Ordinal));)
            {
                Assert.True(clock.Elapsed < Patience, $"The sample did not say '{text}': {string.Join('\n', Lines)}");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
        }
    }
}
