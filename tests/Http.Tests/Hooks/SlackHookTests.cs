using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Hooks;

public sealed class SlackHookTests(KithHost host) : IClassFixture<KithHost>
{
    private const string Session = "slack_T1_C1";

    /// <summary>The worked example of docs.slack.dev/authentication/verifying-requests-from-slack.</summary>
    private const string ExampleSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string ExampleTimestamp = "1531420618";
    private const string ExampleSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const string ExampleBody = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private readonly HookApi _api = new(host);

    [Fact]
    public async Task Slacks_own_example_is_proven_in_its_time_and_refused_with_any_bit_changed()
    {
        await using var own = KithHost.At(new ManualClock(DateTimeOffset.FromUnixTimeSeconds(1531420618 + 299)));
        var api = new HookApi(own);
        var path = HookApi.Path(await api.CreateAsync(new { platform = "slack", secrets = new { signing_secret = ExampleSecret } }));
        var body = Encoding.UTF8.GetBytes(ExampleBody);
        Assert.Equal(200, (await SendAsync(body, ExampleTimestamp, ExampleSignature)).Code);

        for (var i = 0; i < body.Length; i += 7)
        {
            var changed = (byte[])body.Clone();
            changed[i] ^= 1;
            await RefusedAsync(changed, ExampleTimestamp, ExampleSignature);
        }

        for (var i = 3; i < ExampleSignature.Length; i++)
            await RefusedAsync(body, ExampleTimestamp, ExampleSignature[..i] + (ExampleSignature[i] == '0' ? '1' : '0') + ExampleSignature[(i + 1)..]);
        foreach (var signature in new[] { "", "v0=", ExampleSignature[3..], ExampleSignature[..^1], ExampleSignature + "0", ExampleSignature.Replace("v0", "v1", StringComparison.Ordinal), "v0=" + new string('z', 64) })
            await RefusedAsync(body, ExampleTimestamp, signature);
        foreach (var timestamp in new[] { "", "1531420619", "01531420618", "+1531420618", "1531420618.0", "99999999999", "-1", "x" })
            await RefusedAsync(body, timestamp, ExampleSignature);
        var other = HookApi.Path(await api.CreateAsync(new { platform = "slack", secrets = new { signing_secret = "9f742231b10e8888abcd99yyyzzz85a5" } }));
        Assert.Equal(401, (await api.SendAsync(other, body, "application/x-www-form-urlencoded", ("X-Slack-Request-Timestamp", ExampleTimestamp), ("X-Slack-Signature", ExampleSignature))).Code);

        Task<KithHost.Reply> SendAsync(byte[] bytes, string timestamp, string signature) =>
            api.SendAsync(path, bytes, "application/x-www-form-urlencoded", ("X-Slack-Request-Timestamp", timestamp), ("X-Slack-Signature", signature));

        async Task RefusedAsync(byte[] bytes, string timestamp, string signature)
        {
            var reply = await SendAsync(bytes, timestamp, signature);
            Assert.Equal((401, ""), (reply.Code, reply.Text));
        }
    }

    [Fact]
    public async Task The_address_is_confirmed_when_it_is_asked_for_with_a_signature()
    {
        var path = await _api.SlackAsync();
        var reply = await _api.SlackAsync(path, new { type = "url_verification", challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", token = "t" });
        Assert.Equal((200, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"), (reply.Code, reply.Json!["challenge"]!.GetValue<string>()));
        Assert.Equal(401, (await host.SendAsync("POST", path, new { type = "url_verification", challenge = "x" })).Code);
    }

    [Fact]
    public async Task What_is_said_is_stored_once_and_remembered()
    {
        var path = await _api.SlackAsync();
        var message = HookApi.SlackMessage("U1", "I live in Rome.");
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _api.SlackAsync(path, message)));
        Assert.All(replies, reply => Assert.Equal((200, ""), (reply.Code, reply.Text)));
        // The same message again as the mention that it is too, and as a retry that says so.
        var mention = (JsonObject)message.DeepClone();
        mention["event"]!["type"] = "app_mention";
        Assert.Equal(200, (await _api.SlackAsync(path, mention)).Code);
        Assert.Equal(["slack_U1: I live in Rome."], await _api.ContentsAsync(Session));
        Assert.Contains("lives in Rome", await _api.KnownAsync("slack_U1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_and_future_requests_are_refused()
    {
        var path = await _api.SlackAsync();
        var message = HookApi.SlackMessage("U1", "Hello");
        foreach (var seconds in new[] { -320, 320, -86_400 })
            Assert.Equal(401, (await _api.SlackAsync(path, message, DateTimeOffset.UtcNow.AddSeconds(seconds))).Code);
        Assert.Empty(await _api.MessagesAsync(Session));
        Assert.Equal(200, (await _api.SlackAsync(path, message, DateTimeOffset.UtcNow.AddSeconds(-200))).Code);
    }

    [Fact]
    public async Task Two_secrets_hold_while_one_is_replaced_and_only_for_so_long()
    {
        var time = new ManualClock(DateTimeOffset.UtcNow);
        await using var own = KithHost.At(time);
        var api = new HookApi(own);
        var path = await api.SlackAsync();
        var id = path.Split('/')[^1];
        Assert.Equal(200, (await own.SendAsync("POST", $"{api.Connections}/{id}/rotate", new { secrets = new { signing_secret = "the-new-one" }, overlap_seconds = 3600 })).Code);
        Assert.Equal(200, (await SendAsync(HookApi.SlackSecret)).Code);
        Assert.Equal(200, (await SendAsync("the-new-one")).Code);
        time.Advance(minutes: 61);
        Assert.Equal(401, (await SendAsync(HookApi.SlackSecret)).Code);
        Assert.Equal(200, (await SendAsync("the-new-one")).Code);

        // A third ends the first at once.
        await own.SendAsync("POST", $"{api.Connections}/{id}/rotate", new { secrets = new { signing_secret = "the-third" }, overlap_seconds = 0 });
        Assert.Equal(401, (await SendAsync("the-new-one")).Code);

        Task<KithHost.Reply> SendAsync(string secret) => api.SlackAsync(path, HookApi.SlackMessage("U1", "Hello", $"{1_700_000_000 + Random.Shared.Next(1000)}.000100"), time.GetUtcNow(), secret);
    }

    [Fact]
    public async Task Without_a_signing_secret_there_is_nothing_to_be_found()
    {
        var created = await _api.CreateAsync(new { platform = "slack", secrets = new { bot_token = "xoxb" } });
        var path = HookApi.Path(created);
        Assert.Equal((404, ""), ((await _api.SlackAsync(path, HookApi.SlackMessage("U1", "x"))).Code, (await _api.SlackAsync(path, new { })).Text));
        await host.SendAsync("POST", $"{_api.Connections}/{created["id"]}/rotate", new { secrets = new { signing_secret = HookApi.SlackSecret } });
        Assert.Equal(200, (await _api.SlackAsync(path, HookApi.SlackMessage("U1", "x"))).Code);
        foreach (var other in new[] { "/hooks/slack/nothing", path.Replace("slack", "telegram", StringComparison.Ordinal), "/hooks/irc/x", "/hooks/slack/a.b" })
            Assert.Equal(404, (await _api.SlackAsync(other, HookApi.SlackMessage("U1", "x"))).Code);
    }

    [Fact]
    public async Task An_edited_message_keeps_its_id_and_is_read_anew()
    {
        var path = await _api.SlackAsync();
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "I live in Rome."));
        Assert.Contains("Rome", await _api.KnownAsync("slack_U1"), StringComparison.Ordinal);
        var before = (await _api.MessagesAsync(Session))[0]!["id"]!.GetValue<string>();

        Assert.Equal(200, (await _api.SlackAsync(path, Edited("I live in Oslo.", "1700000100.000000"))).Code);
        // An older version comes late, and the original once more.
        await _api.SlackAsync(path, Edited("I live in Bern.", "1700000050.000000"));
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "I live in Rome."));
        var message = Assert.Single(await _api.MessagesAsync(Session));
        Assert.Equal((before, "I live in Oslo."), (message!["id"]!.GetValue<string>(), message["content"]!.GetValue<string>()));

        var known = await Eventually.SeeAsync(() => _api.KnownAsync("slack_U1"), text => text.Contains("Oslo", StringComparison.Ordinal));
        Assert.DoesNotContain("Rome", known, StringComparison.Ordinal);
        Assert.DoesNotContain("Bern", known, StringComparison.Ordinal);
        var found = await Eventually.SeeAsync(
            async () => (await host.SendAsync("POST", $"/v3/workspaces/{_api.Workspace}/sessions/{Session}/search", new { query = "Oslo" })).Text,
            text => text.Contains("Oslo", StringComparison.Ordinal));
        Assert.DoesNotContain("Rome", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_of_a_link_is_no_edit_and_an_edit_of_what_was_missed_is_stored()
    {
        var path = await _api.SlackAsync();
        await _api.SlackAsync(path, Edited("Changed before it was seen.", "1700000100.000000"));
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "As it was at first."));
        var preview = Edited("With a preview.", "1700000200.000000");
        preview["event"]!["message"]!.AsObject().Remove("edited");
        await _api.SlackAsync(path, preview);
        Assert.Equal(["slack_U1: Changed before it was seen."], await _api.ContentsAsync(Session));
    }

    [Fact]
    public async Task A_deleted_message_is_erased_with_what_was_learnt_and_does_not_come_back()
    {
        var path = await _api.SlackAsync();
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "I live in Rome."));
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "I love tea.", "1700000001.000100"));
        Assert.Contains("Rome", await _api.KnownAsync("slack_U1"), StringComparison.Ordinal);
        Assert.Equal(200, (await _api.SlackAsync(path, Deleted("1700000000.000100"))).Code);
        await Eventually.SeeAsync(() => _api.ContentsAsync(Session), contents => contents is ["slack_U1: I love tea."]);
        await Eventually.SeeAsync(() => _api.KnownAsync("slack_U1"), text => !text.Contains("Rome", StringComparison.Ordinal));
        var receipts = (await host.SendAsync("GET", $"/v1/workspaces/{_api.Workspace}/erasures")).Json!;
        Assert.Equal(1, receipts["total"]!.GetValue<int>());

        await Eventually.SeeAsync(async () => (await host.SendAsync("GET", $"/v1/workspaces/{_api.Workspace}/erasures")).Text, text => text.Contains("completed", StringComparison.Ordinal));
        Assert.Equal(200, (await _api.SlackAsync(path, HookApi.SlackMessage("U1", "I live in Rome."))).Code);
        Assert.Equal(["slack_U1: I love tea."], await _api.ContentsAsync(Session));
    }

    [Fact]
    public async Task A_message_that_comes_after_its_deletion_is_not_stored()
    {
        var path = await _api.SlackAsync();
        Assert.Equal(200, (await _api.SlackAsync(path, Deleted("1700000000.000100"))).Code);
        await _api.SlackAsync(path, HookApi.SlackMessage("U2", "Something else.", "1700000005.000100"));
        Assert.Equal(200, (await _api.SlackAsync(path, HookApi.SlackMessage("U1", "I live in Rome."))).Code);
        Assert.Equal(["slack_U2: Something else."], await _api.ContentsAsync(Session));
    }

    [Fact]
    public async Task Words_are_kept_plain_with_peers_for_people()
    {
        var path = await _api.SlackAsync();
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "<@U2|bob> and <@UBOT>: see <https://x.io/a?b=1&amp;c|the page>, <#C9|general>, <!here> &lt;b&gt; <"));
        var message = Assert.Single(await _api.MessagesAsync(Session))!;
        Assert.Equal("@slack_U2 and @slack_bot: see the page (https://x.io/a?b=1&c), #general, @here <b> <", message["content"]!.GetValue<string>());
        Assert.Equal(["slack_U2", "slack_bot"], message["metadata"]!["mentions"]!.AsArray().Select(peer => peer!.GetValue<string>()));
        Assert.Equal("2023-11-14T22:13:20.0001", message["created_at"]!.GetValue<string>()[..24]);
    }

    [Fact]
    public async Task Files_are_kept_as_words_about_them_and_names_on_the_peer()
    {
        var path = await _api.SlackAsync();
        var message = HookApi.SlackMessage("U1", "");
        var happened = message["event"]!.AsObject();
        happened["subtype"] = "file_share";
        happened["files"] = new JsonArray(new JsonObject { ["id"] = "F1", ["name"] = "plan.pdf", ["mimetype"] = "application/pdf", ["filetype"] = "pdf", ["size"] = 1234, ["url_private"] = "https://files.slack.com/secret" });
        happened["user_profile"] = new JsonObject { ["display_name"] = "Ann", ["real_name"] = "Ann Lee" };
        await _api.SlackAsync(path, message);
        var stored = Assert.Single(await _api.MessagesAsync(Session))!;
        Assert.Equal("""{"kind":"pdf","id":"F1","name":"plan.pdf","media_type":"application/pdf","bytes":1234}""", stored["metadata"]!["attachments"]![0]!.ToJsonString());
        Assert.Equal("Ann", await NameAsync("slack_U1"));

        await _api.SlackAsync(path, HookApi.SlackEvent(new JsonObject { ["type"] = "user_change", ["user"] = new JsonObject { ["id"] = "U1", ["profile"] = new JsonObject { ["display_name"] = "Annie" } } }));
        Assert.Equal("Annie", await NameAsync("slack_U1"));

        async Task<string> NameAsync(string peer) => (await host.SendAsync("POST", $"/v3/workspaces/{_api.Workspace}/peers/list", new { filters = new { id = peer } })).Json!["items"]![0]!["metadata"]!["display_name"]!.GetValue<string>();
    }

    [Fact]
    public async Task Bots_are_kept_and_nothing_is_drawn_from_them()
    {
        var path = await _api.SlackAsync();
        var own = HookApi.SlackMessage("UBOT", "I live in the cloud.", "1700000002.000100");
        own["event"]!["bot_id"] = "B1";
        own["event"]!["app_id"] = "A1";
        var other = HookApi.SlackMessage("UOTHER", "I live in Paris.", "1700000003.000100");
        other["event"]!["bot_id"] = "B2";
        await _api.SlackAsync(path, own);
        await _api.SlackAsync(path, other);
        Assert.Equal(["slack_bot: I live in the cloud.", "slack_UOTHER: I live in Paris."], await _api.ContentsAsync(Session));
        Assert.DoesNotContain("cloud", await _api.KnownAsync("slack_bot"), StringComparison.Ordinal);
        Assert.DoesNotContain("Paris", await _api.KnownAsync("slack_UOTHER"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channel", "slack_T1_C1", "slack_T1_C1")]
    [InlineData("thread", "slack_T1_C1_1700000000-000100", "slack_T1_C1_1700000000-000100")]
    [InlineData("day", "slack_T1_C1_2023-11-14", "slack_T1_C1_2023-11-15")]
    public async Task Sessions_are_channels_threads_or_days(string strategy, string first, string second)
    {
        var path = await _api.SlackAsync(sessions: strategy);
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "A question"));
        await _api.SlackAsync(path, HookApi.SlackMessage("U2", "An answer", "1700010000.000100", thread: "1700000000.000100"));
        Assert.Contains("slack_U1: A question", await _api.ContentsAsync(first));
        Assert.Contains("slack_U2: An answer", await _api.ContentsAsync(second));
    }

    [Fact]
    public async Task Other_workspaces_of_Slack_and_direct_messages_are_other_sessions()
    {
        var path = await _api.SlackAsync();
        var other = HookApi.SlackMessage("U1", "Elsewhere");
        other["team_id"] = "T2";
        await _api.SlackAsync(path, other);
        await _api.SlackAsync(path, HookApi.SlackMessage("U1", "Between us", channel: "D1", channelType: "im"));
        Assert.Equal(["slack_U1: Elsewhere"], await _api.ContentsAsync("slack_T2_C1"));
        Assert.True(Assert.Single(await _api.MessagesAsync("slack_T1_D1"))!["metadata"]!["direct"]!.GetValue<bool>());
    }

    private static JsonObject Edited(string text, string editedAt) => HookApi.SlackEvent(new JsonObject
    {
        ["type"] = "message",
        ["subtype"] = "message_changed",
        ["channel"] = "C1",
        ["ts"] = "1700000300.000100",
        ["message"] = new JsonObject { ["type"] = "message", ["user"] = "U1", ["text"] = text, ["ts"] = "1700000000.000100", ["edited"] = new JsonObject { ["user"] = "U1", ["ts"] = editedAt } },
    });

    private static JsonObject Deleted(string ts) => HookApi.SlackEvent(new JsonObject
    {
        ["type"] = "message",
        ["subtype"] = "message_deleted",
        ["channel"] = "C1",
        ["ts"] = "1700000400.000100",
        ["deleted_ts"] = ts,
        ["previous_message"] = new JsonObject { ["user"] = "U1", ["ts"] = ts },
    });
}
