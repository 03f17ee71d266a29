using System.Text.Json.Nodes;
using Kith.Core.Events;
using Kith.Http.Events;
using Kith.Testing;

namespace Kith.Http.Tests.Events;

/// <summary>Webhooks by HTTP: registered, told, looked at, repeated.</summary>
public sealed class EndpointRouteTests : IAsyncLifetime
{
    private const string Base = "/v1/workspaces/w/webhooks";

    private KithHost _host = null!;
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _host = KithHost.With(("Webhooks:PrivateTargets", "true"), ("WEBHOOK_SECRET", "shared"));
        await _host.SendAsync("POST", "/v3/workspaces", new { id = "w" });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_again_only_when_it_is_new()
    {
        var created = await _host.SendAsync("POST", Base, new { url = _receiver.Url });
        var secret = created.Json!["secret"]!.GetValue<string>();
        Assert.Equal(201, created.Code);
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal(EventTypes.All, created.Json["events"]!.AsArray().Select(name => name!.GetValue<string>()));

        var id = Id(created);
        var again = await _host.SendAsync("POST", Base, new { url = _receiver.Url });
        Assert.Equal((200, null), (again.Code, again.Json!["secret"]));
        foreach (var path in new[] { Base, $"{Base}/{id}", "/v3/workspaces/w/webhooks" })
            Assert.DoesNotContain("whsec_", (await _host.SendAsync("GET", path)).Text, StringComparison.Ordinal);

        var rotated = await _host.SendAsync("POST", $"{Base}/{id}/rotate");
        Assert.NotEqual(secret, rotated.Json!["secret"]!.GetValue<string>());
        Assert.Equal(2, rotated.Json["secrets"]!.AsArray().Count);
        Assert.Single((await _host.SendAsync("POST", $"{Base}/{id}/rotate", new { overlap_seconds = 0 })).Json!["secrets"]!.AsArray());
    }

    [Fact]
    public async Task Events_arrive_signed_by_the_secret_that_was_shown()
    {
        var created = await _host.SendAsync("POST", Base, new { url = _receiver.Url });
        await _host.SendAsync("POST", "/v3/workspaces/w/sessions/s/messages", new { messages = new[] { new { content = "I live in Rome.", peer_id = "alice" } } });
        var call = (await _receiver.WaitAsync(EventTypes.ConclusionCreated))[0];

        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture));
        var body = System.Text.Encoding.UTF8.GetBytes(call.Body);
        Assert.Equal(WebhookSignature.Timed(created.Json!["secret"]!.GetValue<string>(), call.Headers["webhook-id"], at, body), call.Headers["webhook-signature"]);
        Assert.Equal(WebhookSignature.Plain("shared", body), call.Headers["x-honcho-signature"]);
        Assert.DoesNotContain("Rome", call.Body, StringComparison.Ordinal);
        var id = JsonNode.Parse(call.Body)!["data"]!["conclusion_ids"]![0]!.GetValue<string>();
        Assert.Equal(200, (await _host.SendAsync("GET", $"/v3/workspaces/w/conclusions/{id}")).Code);
    }

    [Theory]
    [InlineData("v3")]
    [InlineData("v2")]
    public async Task What_is_registered_through_the_originals_door_hears_what_the_original_tells(string version)
    {
        await _host.SendAsync("POST", $"/{version}/workspaces/w/webhooks", new { url = _receiver.Url });
        var test = await _host.SendAsync("GET", $"/{version}/workspaces/w/webhooks/test");
        Assert.Equal((200, "null"), (test.Code, test.Text));
        var call = (await _receiver.WaitAsync(EventTypes.Test))[0];
        Assert.Matches("""^\{"data":\{"workspace_id":"w"\},"timestamp":"[^"]+Z","type":"test.event"\}$""", call.Body);

        await _host.SendAsync("POST", $"/{version}/workspaces/w/sessions/s/messages", new { messages = new[] { new { content = "I live in Rome.", peer_id = "alice" } } });
        await _receiver.WaitAsync(EventTypes.QueueEmpty);
        Assert.All(_receiver.Calls, seen => Assert.DoesNotContain("conclusion", seen.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_tells_every_attempt_and_an_event_can_be_sent_again()
    {
        var id = Id(await _host.SendAsync("POST", Base, new { url = _receiver.Url, events = new[] { EventTypes.StepFailed } }));
        _receiver.Answer(500);
        var sent = await _host.SendAsync("POST", $"{Base}/{id}/test");
        Assert.Equal((202, "pending"), (sent.Code, sent.Json!["state"]!.GetValue<string>()));
        await _receiver.WaitAsync(EventTypes.Test);
        var path = $"{Base}/{id}/deliveries/{Id(sent)}";
        var failed = await EventuallyAsync(path, delivery => delivery["attempts"]!.AsArray().Count == 1);
        Assert.Equal((500, "The address answered 500"), (failed["attempts"]![0]!["status"]!.GetValue<int>(), failed["attempts"]![0]!["error"]!.GetValue<string>()));
        Assert.NotNull(failed["next_attempt_at"]);

        Assert.Equal(202, (await _host.SendAsync("POST", path + "/redeliver")).Code);
        await EventuallyAsync(path, delivery => delivery["state"]!.GetValue<string>() == "delivered");
        Assert.Single(_receiver.Calls.Select(call => call.Headers["webhook-id"]).Distinct());
        Assert.Equal(1, (await _host.SendAsync("GET", $"{Base}/{id}/deliveries?state=delivered&event=test.event")).Json!["total"]!.GetValue<int>());
        Assert.Equal(0, (await _host.SendAsync("GET", $"{Base}/{id}/deliveries?state=pending")).Json!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_is_wrong_is_said()
    {
        var id = Id(await _host.SendAsync("POST", Base, new { url = _receiver.Url }));
        Assert.Equal(400, (await _host.SendAsync("POST", Base, new { url = "ftp://example.com" })).Code);
        Assert.Equal(400, (await _host.SendAsync("POST", Base, new { url = _receiver.Url, events = new[] { "no.such" } })).Code);
        Assert.Equal(400, (await _host.SendAsync("PATCH", $"{Base}/{id}", new { events = Array.Empty<string>() })).Code);
        Assert.Equal(400, (await _host.SendAsync("POST", $"{Base}/{id}/rotate", new { overlap_seconds = -1 })).Code);
        Assert.Equal(400, (await _host.SendAsync("GET", $"{Base}/{id}/deliveries?state=lost")).Code);
        Assert.Equal(404, (await _host.SendAsync("POST", "/v1/workspaces/nowhere/webhooks", new { url = _receiver.Url })).Code);
        foreach (var (method, path) in new[] { ("GET", "nothing"), ("DELETE", "nothing"), ("POST", "nothing/rotate"), ("POST", "nothing/test"), ("GET", "nothing/deliveries"), ("GET", $"{id}/deliveries/nothing"), ("POST", $"{id}/deliveries/nothing/redeliver") })
            Assert.Equal((404, path), ((await _host.SendAsync(method, $"{Base}/{path}")).Code, path));
        Assert.Equal([EventTypes.StepFailed], (await _host.SendAsync("PATCH", $"{Base}/{id}", new { events = new[] { EventTypes.StepFailed } })).Json!["events"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(204, (await _host.SendAsync("DELETE", $"{Base}/{id}")).Code);
    }

    [Fact]
    public async Task Private_addresses_are_refused_unless_the_host_allows_them()
    {
        await using var host = new KithHost();
        await host.SendAsync("POST", "/v3/workspaces", new { id = "w" });
        Assert.Equal(400, (await host.SendAsync("POST", Base, new { url = _receiver.Url })).Code);
        Assert.Equal(422, (await host.SendAsync("POST", "/v3/workspaces/w/webhooks", new { url = _receiver.Url })).Code);
    }

    private Task<JsonNode> EventuallyAsync(string path, Predicate<JsonNode> isSo) => Eventually.SeeAsync(async () => (await _host.SendAsync("GET", path)).Json!, isSo);

    private static string Id(KithHost.Reply reply) => reply.Json!["id"]!.GetValue<string>();
}
