using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kith.Http.Tests.Eliza;

/// <summary>Spec eliza-sessions §5.1, §5.2, §5.5 and §4.</summary>
public sealed partial class AgentSessionTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task Health_counts_sessions_and_says_how_long_the_host_runs()
    {
        await host.OpenedAsync();
        var health = (await host.SendAsync("GET", $"{ElizaApi.Sessions}/health")).Json!;
        Assert.Equal(["status", "activeSessions", "timestamp", "expiringSoon", "uptime"], health.AsObject().Select(member => member.Key));
        Assert.Equal("healthy", health.Text("status"));
        Assert.True(health["activeSessions"]!.GetValue<int>() > 0);
        Assert.True(health["uptime"]!.GetValue<double>() > 0);
        Assert.Matches(Iso(), health.Text("timestamp"));
    }

    [Fact]
    public async Task A_session_is_created_with_the_default_timeouts()
    {
        var user = ElizaApi.NewId();
        var reply = await host.OpenAsync(metadata: new { platform = "web", username = "Zoë 😀" }, user: user);
        var session = reply.Json!;
        Assert.Equal(201, reply.Code);
        Assert.Equal(["sessionId", "channelId", "agentId", "userId", "createdAt", "metadata", "expiresAt", "timeoutConfig"], session.AsObject().Select(member => member.Key));
        Assert.Matches(Uuid(), session.Text("sessionId"));
        Assert.Matches(Uuid(), session.Text("channelId"));
        Assert.Equal((ElizaApi.Agent, user, "Zoë 😀"), (session.Text("agentId"), session.Text("userId"), session["metadata"].Text("username")));
        Assert.Matches(Iso(), session.Text("createdAt"));
        Assert.Equal("""{"timeoutMinutes":30,"autoRenew":true,"maxDurationMinutes":720,"warningThresholdMinutes":5}""", session["timeoutConfig"]!.ToJsonString());
        Assert.Equal(30, (session["expiresAt"]!.GetValue<DateTimeOffset>() - session["createdAt"]!.GetValue<DateTimeOffset>()).TotalMinutes);
    }

    [Theory]
    [InlineData("""{"timeoutMinutes":60,"autoRenew":false,"maxDurationMinutes":90,"warningThresholdMinutes":10}""", 60, 90, 10)]
    [InlineData("""{"timeoutMinutes":7.5}""", 7.5, 720, 5)]
    [InlineData("""{"timeoutMinutes":1}""", 5, 720, 5)]
    [InlineData("""{"timeoutMinutes":-10}""", 5, 720, 5)]
    [InlineData("""{"timeoutMinutes":null}""", 5, 720, 5)]
    [InlineData("""{"timeoutMinutes":""}""", 5, 720, 5)]
    [InlineData("""{"timeoutMinutes":"  "}""", 5, 720, 5)]
    [InlineData("""{"timeoutMinutes":2000}""", 1440, 1440, 5)]
    [InlineData("""{"timeoutMinutes":"60"}""", 60, 720, 5)]
    [InlineData("""{"timeoutMinutes":"0x10"}""", 16, 720, 5)]
    [InlineData("""{"timeoutMinutes":"010"}""", 10, 720, 5)]
    [InlineData("""{"timeoutMinutes":"abc"}""", 30, 720, 5)]
    [InlineData("""{"timeoutMinutes":"1,000"}""", 30, 720, 5)]
    [InlineData("""{"timeoutMinutes":"12.34.56"}""", 30, 720, 5)]
    [InlineData("""{"timeoutMinutes":"NaN"}""", 30, 720, 5)]
    [InlineData("""{"timeoutMinutes":"Infinity"}""", 30, 720, 5)]
    [InlineData("""{"timeoutMinutes":"10e308"}""", 30, 720, 5)]
    [InlineData("""{"timeoutMinutes":60,"maxDurationMinutes":10}""", 60, 60, 5)]
    [InlineData("""{"maxDurationMinutes":5000}""", 30, 2880, 5)]
    [InlineData("""{"warningThresholdMinutes":0}""", 30, 720, 1)]
    [InlineData("""{"warningThresholdMinutes":"soon"}""", 30, 720, 5)]
    [InlineData("""{"autoRenew":"yes","unknown":1}""", 30, 720, 5)]
    [InlineData("\"often\"", 30, 720, 5)]
    public async Task Odd_timeouts_are_repaired_when_a_session_is_created(string config, double timeout, double duration, double warning)
    {
        var session = (await host.OpenAsync(timeoutConfig: JsonNode.Parse(config))).Json!["timeoutConfig"]!;
        Assert.Equal((timeout, duration, warning), (session["timeoutMinutes"]!.GetValue<double>(), session["maxDurationMinutes"]!.GetValue<double>(), session["warningThresholdMinutes"]!.GetValue<double>()));
        Assert.Equal(["timeoutMinutes", "autoRenew", "maxDurationMinutes", "warningThresholdMinutes"], session.AsObject().Select(member => member.Key));
        Assert.Equal(!config.Contains("false"), session["autoRenew"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("{}", "Missing required fields: agentId, userId")]
    [InlineData("[]", "Missing required fields: agentId, userId")]
    [InlineData("null", "Missing required fields: agentId, userId")]
    [InlineData(null, "Missing required fields: agentId, userId")]
    [InlineData("""{"agentId":"11111111-1111-4111-8111-111111111111","userId":7}""", "Missing required fields: userId")]
    [InlineData("""{"agentId":"invalid-uuid","userId":"user-uuid"}""", "Invalid UUID format for field 'agentId'")]
    [InlineData("""{"agentId":"11111111-1111-4111-8111-111111111111","userId":"{1111111-1111-4111-8111-11111111111}"}""", "Invalid UUID format for field 'userId'")]
    [InlineData("{bad", "Request body is not valid JSON")]
    public async Task A_bad_creation_is_refused_with_its_reason(string? body, string message)
    {
        var reply = await host.SendAsync("POST", ElizaApi.Sessions, body);
        Assert.Equal((400, "VALIDATION_ERROR"), reply.Refusal());
        Assert.Equal(message, reply.Json!["error"].Text("message"));
        Assert.DoesNotContain("stack", reply.Text);
    }

    [Fact]
    public async Task Ids_are_any_UUIDs_and_case_makes_no_difference()
    {
        var reply = await host.SendAsync("POST", ElizaApi.Sessions, new { agentId = "AAAAAAAA-BBBB-1CCC-0DDD-EEEEEEEEEEEE", userId = Guid.Empty });
        Assert.Equal((201, "aaaaaaaa-bbbb-1ccc-0ddd-eeeeeeeeeeee", Guid.Empty.ToString()), (reply.Code, reply.Json.Text("agentId"), reply.Json.Text("userId")));
        Assert.Equal(200, (await host.SendAsync("GET", $"{ElizaApi.Sessions}/{reply.Json.Text("sessionId").ToUpperInvariant()}")).Code);
    }

    [Theory]
    [InlineData(10_240, 201)]
    [InlineData(10_241, 400)]
    public async Task Metadata_has_at_most_10240_characters_as_JSON(int length, int status)
    {
        var reply = await host.OpenAsync(metadata: new { é = new string('x', length - 8) });
        Assert.Equal(status, reply.Code);
        if (status == 400)
            Assert.Equal("Invalid metadata: Metadata exceeds maximum size of 10240 bytes", reply.Json!["error"].Text("message"));
    }

    [Fact]
    public async Task A_session_says_what_it_is_and_how_long_it_lives()
    {
        var id = await host.OpenedAsync(metadata: new { a = 1 });
        var info = (await host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!;
        Assert.Equal(
            [
                "sessionId", "channelId", "agentId", "userId", "createdAt", "lastActivity", "metadata", "expiresAt", "timeoutConfig", "renewalCount", "timeRemaining",
                "isNearExpiration",
            ],
            info.AsObject().Select(member => member.Key));
        Assert.Equal((0, false), (info["renewalCount"]!.GetValue<int>(), info["isNearExpiration"]!.GetValue<bool>()));
        Assert.InRange(info["timeRemaining"]!.GetValue<long>(), 29 * 60_000, 30 * 60_000);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/messages")]
    [InlineData("POST", "/messages")]
    [InlineData("POST", "/renew")]
    [InlineData("PATCH", "/timeout")]
    [InlineData("POST", "/heartbeat")]
    public async Task An_unknown_session_is_not_found_on_every_route(string method, string path)
    {
        foreach (var id in new[] { ElizaApi.NewId(), "not-a-uuid", "$head" })
        {
            var reply = await host.SendAsync(method, $"{ElizaApi.Sessions}/{id}{path}", method is "POST" or "PATCH" ? new { content = "x" } : null);
            Assert.Equal((404, "SESSION_NOT_FOUND"), reply.Refusal());
            Assert.Equal($"Session with ID '{id}' not found", reply.Json!["error"].Text("message"));
        }
    }

    [Fact]
    public async Task The_list_has_every_active_session_and_counts_them()
    {
        await using var own = new KithHost();
        string[] ids = [await own.OpenedAsync(), await own.OpenedAsync(), await own.OpenedAsync()];
        await own.SendAsync("DELETE", $"{ElizaApi.Sessions}/{ids[1]}");
        var list = (await own.SendAsync("GET", ElizaApi.Sessions)).Json!;
        Assert.Equal([ids[0], ids[2]], list["sessions"]!.AsArray().Select(session => session.Text("sessionId")));
        Assert.Equal(2, list["total"]!.GetValue<int>());
        Assert.Equal("""{"totalSessions":2,"activeSessions":2,"expiredSessions":0}""", list["stats"]!.ToJsonString());
    }

    [Fact]
    public async Task Deletion_ends_the_session_once_and_keeps_what_was_said()
    {
        var id = await host.OpenedAsync();
        await host.SayAsync(id, "I keep bees.");
        var reply = await host.SendAsync("DELETE", $"{ElizaApi.Sessions}/{id}");
        Assert.Equal((200, $$$"""{"success":true,"message":"Session {{{id}}} deleted successfully","data":{"success":true}}"""), (reply.Code, reply.Text));
        Assert.Equal((404, "SESSION_NOT_FOUND"), (await host.SendAsync("DELETE", $"{ElizaApi.Sessions}/{id}")).Refusal());
        Assert.Equal(1, (await host.SendAsync("POST", $"/v3/workspaces/eliza/sessions/{id}/messages/list")).Json!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Renewal_works_whatever_the_session_does_by_itself(bool autoRenew)
    {
        var id = await host.OpenedAsync(new { autoRenew });
        var info = (await host.SendAsync("POST", $"{ElizaApi.Sessions}/{id}/renew")).Json!;
        Assert.Equal((1, autoRenew), (info["renewalCount"]!.GetValue<int>(), info["timeoutConfig"]!["autoRenew"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_heartbeat_renews_a_session_that_renews_itself(bool autoRenew, int renewals)
    {
        var id = await host.OpenedAsync(new { autoRenew });
        var before = (await host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!["lastActivity"]!.GetValue<DateTimeOffset>();
        await Task.Delay(5, TestContext.Current.CancellationToken);
        var info = (await host.SendAsync("POST", $"{ElizaApi.Sessions}/{id}/heartbeat")).Json!;
        Assert.Equal(renewals, info["renewalCount"]!.GetValue<int>());
        Assert.True(info["lastActivity"]!.GetValue<DateTimeOffset>() > before);
    }

    [Fact]
    public async Task New_timeouts_replace_all_old_ones()
    {
        var id = await host.OpenedAsync(new { timeoutMinutes = 60, autoRenew = false, maxDurationMinutes = 100, warningThresholdMinutes = 9 });
        var info = (await host.SendAsync("PATCH", $"{ElizaApi.Sessions}/{id}/timeout", new { timeoutMinutes = 45 })).Json!;
        Assert.Equal("""{"timeoutMinutes":45,"autoRenew":true,"maxDurationMinutes":720,"warningThresholdMinutes":5}""", info["timeoutConfig"]!.ToJsonString());
        Assert.Equal(0, info["renewalCount"]!.GetValue<int>());
        Assert.Equal(45, (info["expiresAt"]!.GetValue<DateTimeOffset>() - info["lastActivity"]!.GetValue<DateTimeOffset>()).TotalMinutes);
    }

    [Theory]
    [InlineData("""{"timeoutMinutes":4}""", 400)]
    [InlineData("""{"timeoutMinutes":1441}""", 400)]
    [InlineData("""{"timeoutMinutes":true}""", 400)]
    [InlineData("""{"timeoutMinutes":null}""", 400)]
    [InlineData("""{"maxDurationMinutes":[]}""", 400)]
    [InlineData("""{"warningThresholdMinutes":{}}""", 400)]
    [InlineData("""{"autoRenew":"yes"}""", 400)]
    [InlineData("[]", 400)]
    [InlineData(null, 400)]
    [InlineData("""{"timeoutMinutes":"soon"}""", 200)]
    [InlineData("{}", 200)]
    public async Task New_timeouts_are_checked(string? body, int status)
    {
        var id = await host.OpenedAsync(new { timeoutMinutes = 60 });
        var reply = await host.SendAsync("PATCH", $"{ElizaApi.Sessions}/{id}/timeout", body);
        Assert.Equal(status, reply.Code);
        if (status == 400)
        {
            Assert.Equal("VALIDATION_ERROR", reply.Json!["error"].Text("code"));
            Assert.StartsWith("Invalid timeout configuration: ", reply.Json!["error"].Text("message"));
        }

        var info = (await host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!;
        Assert.Equal(status == 400 ? 60 : 30, info["timeoutConfig"]!["timeoutMinutes"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("GET", "/api/nowhere", 404, "NOT_FOUND")]
    [InlineData("PUT", "/api/messaging/sessions", 405, "METHOD_NOT_ALLOWED")]
    public async Task What_the_door_does_not_know_is_refused_in_its_words(string method, string path, int status, string code)
    {
        var reply = await host.SendAsync(method, path);
        Assert.Equal((status, code), reply.Refusal());
        Assert.False(reply.Json!["success"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_body_must_say_that_it_is_JSON()
    {
        var reply = await host.SendAsync("POST", ElizaApi.Sessions, new StringContent("{}"));
        Assert.Equal((400, "INVALID_CONTENT_TYPE"), reply.Refusal());
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Iso();
}
