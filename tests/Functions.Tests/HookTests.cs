using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Functions.Tests;

/// <summary>Events of chat platforms through the Functions app: proven, stored once, and learnt from by its orchestrations.</summary>
public sealed class HookTests
{
    private const string Update = """{"update_id":1,"message":{"message_id":1,"from":{"id":7,"is_bot":false,"first_name":"Ann"},"chat":{"id":7,"type":"private"},"date":1700000000,"text":"I live in Rome."}}""";
    private const string Edit = """{"update_id":2,"edited_message":{"message_id":1,"from":{"id":7,"is_bot":false,"first_name":"Ann"},"chat":{"id":7,"type":"private"},"date":1700000000,"edit_date":1700000060,"text":"I live in Oslo."}}""";

    private static CancellationToken Cancel => TestHost.Cancel;

    [Fact]
    public async Task An_event_needs_a_proof_and_no_key_and_is_remembered_in_its_last_version()
    {
        await using var host = await TestHost.StartAsync();
        using var created = await host.PostAsync("/v1/workspaces/w/connections", """{"platform":"telegram","secrets":{"secret_token":"a-secret"}}""");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var path = (await created.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["path"]!.GetValue<string>();
        host.Client.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(host, path, Update, "another"));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(host, path, Update, "a-secret"))), status => Assert.Equal(HttpStatusCode.OK, status));
        await host.IdleAsync();
        Assert.Contains("Rome", await KnownAsync(host), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, path, Edit, "a-secret"));
        await host.IdleAsync();
        Assert.Contains("Oslo", await KnownAsync(host), StringComparison.Ordinal);
        Assert.DoesNotContain("Rome", await KnownAsync(host), StringComparison.Ordinal);
        Assert.Equal(1, (await host.Engine.Messages.ListAsync("w", "telegram_7", new(), null, Cancel)).Total);
    }

    private static async Task<HttpStatusCode> SendAsync(TestHost host, string path, string update, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(update, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        using var response = await host.Client.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private static async Task<string> KnownAsync(TestHost host) =>
        string.Join('\n', (await host.Engine.Representations.SelectAsync(new("w", "telegram_7", "telegram_7"), Cancel)).Select(conclusion => conclusion.Content));
}
