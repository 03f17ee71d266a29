using System.Text;

namespace Kith.Http.Tests.Fuzz;

/// <summary>Connections to chat platforms and what comes through them, for fuzzing.</summary>
internal static class HookRequests
{
    private const string Connections = $"{ThreadRequests.Workspace}/connections";
    private const string Telegram = """{"platform":"telegram","secrets":{"secret_token":"t","bot_token":"1:a"},"settings":{"bot_username":"b"},"sessions":"day","observed":["telegram_1"],"replies":false,"agent":"bot"}""";
    private const string WhatsApp = """{"platform":"whatsapp","secrets":{"app_secret":"a","verify_token":"v"}}""";

    /// <summary>Makes connections, and returns the requests that may be sent to them.</summary>
    public static async Task<IReadOnlyList<RawRequest>> OpenAsync(KithHost host)
    {
        var (telegram, whatsApp, other) = (await IdAsync(host, Telegram), await IdAsync(host, WhatsApp), await IdAsync(host, Telegram));
        return
        [
            Plain("POST", Connections, Telegram),
            Plain("GET", $"{Connections}?size=2&page=1&reverse=true"),
            Plain("GET", $"{Connections}/{telegram}"),
            Plain("GET", $"{Connections}/{telegram}/replies?state=pending&size=3"),
            Plain("PATCH", $"{Connections}/{telegram}", """{"name":"n","settings":{"bot_username":"c"},"sessions":"thread","observed":null,"replies":true,"agent":"other"}"""),
            Plain("POST", $"{Connections}/{telegram}/rotate", """{"secrets":{"bot_token":"2:b"},"overlap_seconds":60}"""),
            Plain("POST", $"/hooks/telegram/{telegram}", """{"update_id":1,"message":{"message_id":1,"from":{"id":1,"is_bot":false,"first_name":"A"},"chat":{"id":1,"type":"private"},"date":1700000000,"text":"Hi"}}""").With("X-Telegram-Bot-Api-Secret-Token", "t"),
            Plain("GET", $"/hooks/whatsapp/{whatsApp}?hub.mode=subscribe&hub.verify_token=v&hub.challenge=1"),
            Plain("POST", $"{ThreadRequests.Workspace}/peers/person/links", """{"peer":"telegram_1"}"""),
            Plain("GET", $"{ThreadRequests.Workspace}/peers/person/links"),
            Plain("DELETE", $"{ThreadRequests.Workspace}/peers/person/links/telegram_1"),
            Plain("DELETE", $"{Connections}/{other}"),
        ];
    }

    private static async Task<string> IdAsync(KithHost host, string connection) => (await host.SendAsync("POST", Connections, connection)).Json!["id"]!.GetValue<string>();

    private static RawRequest Plain(string method, string target, string body = "") => new(method, target, [("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));
}
