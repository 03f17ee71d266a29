using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Hooks;

public sealed class TelegramHookTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly HookApi _api = new(host);

    [Fact]
    public async Task Only_the_secret_that_setWebhook_was_told_is_a_proof()
    {
        var path = await _api.TelegramAsync();
        var update = HookApi.TelegramMessage(7, "I live in Rome.");
        for (var i = 0; i < HookApi.TelegramSecret.Length; i++)
            Assert.Equal(401, (await _api.TelegramAsync(path, update, HookApi.TelegramSecret[..i] + '0' + HookApi.TelegramSecret[(i + 1)..])).Code);
        foreach (var secret in new[] { "", HookApi.TelegramSecret[..^1], HookApi.TelegramSecret + "x", HookApi.TelegramSecret.ToUpperInvariant() })
            Assert.Equal((401, ""), ((await _api.TelegramAsync(path, update, secret)).Code, (await _api.TelegramAsync(path, update, secret)).Text));
        Assert.Equal(401, (await host.SendAsync("POST", path, update.ToJsonString())).Code);
        Assert.Equal(200, (await _api.TelegramAsync(path, update)).Code);
        Assert.Equal(["telegram_7: I live in Rome."], await _api.ContentsAsync("telegram_7"));
    }

    [Fact]
    public async Task The_same_update_five_times_at_once_is_one_message()
    {
        var path = await _api.TelegramAsync();
        var update = HookApi.TelegramMessage(7, "I live in Rome.");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _api.TelegramAsync(path, update))), reply => Assert.Equal(200, reply.Code));
        Assert.Single(await _api.MessagesAsync("telegram_7"));
        Assert.Contains("lives in Rome", await _api.KnownAsync("telegram_7"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_topics_mentions_photos_and_names_are_understood()
    {
        var path = await _api.TelegramAsync(sessions: "thread");
        var update = HookApi.TelegramMessage(7, "👋 Bob, ask @kith_bot and @someone", id: 5, chat: -100123, name: "Ann");
        var message = update["message"]!.AsObject();
        message["from"]!["last_name"] = "Lee";
        message["is_topic_message"] = true;
        message["message_thread_id"] = 44;
        message["entities"] = new JsonArray(
            new JsonObject { ["type"] = "text_mention", ["offset"] = 3, ["length"] = 3, ["user"] = new JsonObject { ["id"] = 8 } },
            new JsonObject { ["type"] = "mention", ["offset"] = 12, ["length"] = 9 },
            new JsonObject { ["type"] = "mention", ["offset"] = 26, ["length"] = 8 },
            new JsonObject { ["type"] = "bold", ["offset"] = 900, ["length"] = 9 });
        await _api.TelegramAsync(path, update);
        var stored = Assert.Single(await _api.MessagesAsync("telegram_-100123_44"))!;
        Assert.Equal("👋 @telegram_8, ask @telegram_bot and @someone", stored["content"]!.GetValue<string>());
        Assert.Equal(["telegram_8", "telegram_bot"], stored["metadata"]!["mentions"]!.AsArray().Select(peer => peer!.GetValue<string>()));
        var peers = await host.SendAsync("POST", $"/v3/workspaces/{_api.Workspace}/peers/list", new { filters = new { id = "telegram_7" } });
        Assert.Equal("""{"display_name":"Ann Lee","platform":"telegram","platform_id":"7"}""", peers.Json!["items"]![0]!["metadata"]!.ToJsonString());

        var photo = HookApi.TelegramMessage(7, "", id: 6);
        photo["message"]!.AsObject().Remove("text");
        photo["message"]!["caption"] = "My dog";
        photo["message"]!["photo"] = new JsonArray(new JsonObject { ["file_id"] = "small", ["file_size"] = 10 }, new JsonObject { ["file_id"] = "large", ["file_size"] = 1000 });
        await _api.TelegramAsync(path, photo);
        Assert.Equal("large", Assert.Single(await _api.MessagesAsync("telegram_7"))!["metadata"]!["attachments"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Edits_replace_and_what_is_no_message_is_let_go()
    {
        var path = await _api.TelegramAsync();
        await _api.TelegramAsync(path, HookApi.TelegramMessage(7, "I live in Rome."));
        var edit = HookApi.TelegramMessage(7, "I live in Oslo.");
        edit["message"]!["edit_date"] = 1_700_000_060;
        edit["edited_message"] = edit["message"]!.DeepClone();
        edit.Remove("message");
        await _api.TelegramAsync(path, edit);
        foreach (var other in new[] { """{"update_id":1,"message_reaction":{"chat":{"id":7}}}""", """{"update_id":2,"poll":{}}""", """{"update_id":3,"message":{"message_id":9,"chat":{"id":7},"from":{"id":7},"new_chat_members":[]}}""", """{"update_id":4}""" })
            Assert.Equal(200, (await _api.TelegramAsync(path, System.Text.Encoding.UTF8.GetBytes(other))).Code);
        Assert.Equal(["telegram_7: I live in Oslo."], await _api.ContentsAsync("telegram_7"));
    }

    [Fact]
    public async Task Only_those_who_are_to_be_observed_are()
    {
        var created = await _api.CreateAsync(new { platform = "telegram", secrets = new { secret_token = HookApi.TelegramSecret }, observed = new[] { "telegram_7" } });
        var path = HookApi.Path(created);
        await _api.TelegramAsync(path, HookApi.TelegramMessage(7, "I live in Rome.", chat: -5));
        await _api.TelegramAsync(path, HookApi.TelegramMessage(8, "I live in Paris.", id: 2, chat: -5));
        Assert.Contains("Rome", await _api.KnownAsync("telegram_7"), StringComparison.Ordinal);
        Assert.DoesNotContain("Paris", await _api.KnownAsync("telegram_8"), StringComparison.Ordinal);
        Assert.Equal(2, (await _api.MessagesAsync("telegram_-5")).Count);
    }
}
