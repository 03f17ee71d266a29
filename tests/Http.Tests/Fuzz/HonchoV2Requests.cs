using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Fuzz;

/// <summary>What no recorded client of Honcho v2 sent.</summary>
internal static class HonchoV2Requests
{
    private const string Workspace = "/v2/workspaces/fuzzed-v2";

    /// <summary>Stores what the requests name, and returns them.</summary>
    public static async Task<IReadOnlyList<RawRequest>> OpenAsync(KithHost host)
    {
        await host.SendAsync("POST", $"{Workspace}/sessions", """{"id":"s","peers":{"alice":{},"bob":{}}}""");
        var message = await IdAsync("/sessions/s/messages", """{"messages":[{"content":"I live in Rome.","peer_id":"alice"}]}""");
        var observation = await IdAsync("/observations", """{"observations":[{"content":"likes tea","observer_id":"alice","observed_id":"alice","session_id":"s"}]}""");
        var conclusion = await IdAsync("/conclusions", """{"conclusions":[{"content":"likes tea","observer_id":"alice","observed_id":"alice"}]}""");
        var webhook = await IdAsync("/webhooks", """{"url":"https://example.com/hook"}""");
        await host.SendAsync("POST", "/v2/workspaces", """{"id":"fuzzed-v2-gone"}""");
        return
        [
            Of("PUT", "/peers/alice/card?target=bob", """{"peer_card":["Name: Bob"]}"""),
            Of("PUT", "/sessions/s", """{"metadata":{"a":{"b":1}},"configuration":{"deriver":{"enabled":true,"custom_instructions":"x"}}}"""),
            Of("PUT", "/sessions/s/peers", """{"alice":{"observe_me":true},"bob":{"observe_others":true}}"""),
            Of("DELETE", "/sessions/s/peers", """["carol"]"""),
            Of("POST", "/sessions/s/peers/alice/config", """{"observe_me":true,"observe_others":false}"""),
            Of("PUT", "/sessions/s/peers/alice/config", """{"observe_me":null}"""),
            Of("GET", $"/sessions/s/messages/{message}"),
            Of("PUT", $"/sessions/s/messages/{message}", """{"metadata":{"z":1}}"""),
            Upload,
            Of("GET", "/sessions/s/context?tokens=500&summary=true&last_message=Rome&peer_target=alice&peer_perspective=bob&limit_to_session=true&search_top_k=3&include_most_derived=true&max_observations=5"),
            Of("GET", "/peers/alice/context?target=bob&search_query=x&search_top_k=3&search_max_distance=0.5&max_observations=5&include_most_derived=true"),
            Of("POST", "/trigger_dream", """{"observer":"alice","observed":"bob","dream_type":"consolidate"}"""),
            Of("POST", "/schedule_dream", """{"observer":"alice","dream_type":"omni"}"""),
            Of("GET", "/queue/status?observer_id=alice&sender_id=bob&session_id=s"),
            Of("POST", $"/sessions/s/clone?message_id={message}"),
            Of("DELETE", $"/observations/{observation}"),
            Of("POST", "/conclusions", """{"conclusions":[{"content":"x","observer_id":"alice","observed_id":"bob","session_id":"s"}]}"""),
            Of("POST", "/conclusions/list", """{"filters":{"observer_id":"alice"}}"""),
            Of("POST", "/conclusions/query", """{"query":"x","top_k":3,"distance":0.9,"filters":{"observer_id":"alice","observed_id":"alice"}}"""),
            Of("DELETE", $"/conclusions/{conclusion}"),
            Of("POST", "/webhooks", """{"url":"https://example.com/other"}"""),
            Of("GET", "/webhooks?page=1&size=5"),
            Of("GET", "/webhooks/test"),
            Of("DELETE", $"/webhooks/{webhook}"),
            Of("DELETE", "-gone"),
        ];

        async Task<string> IdAsync(string path, string body)
        {
            var made = (await host.SendAsync("POST", Workspace + path, body)).Json!;
            return (string)(made is JsonArray list ? list[0]! : made)["id"]!;
        }
    }

    private static RawRequest Upload => new(
        "POST",
        $"{Workspace}/sessions/s/messages/upload",
        [("Content-Type", "multipart/form-data; boundary=b")],
        "--b\r\nContent-Disposition: form-data; name=\"peer_id\"\r\n\r\nalice\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nI keep bees.\r\n--b--\r\n"u8.ToArray());

    private static RawRequest Of(string method, string path, string body = "") =>
        new(method, Workspace + path, [("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));
}
