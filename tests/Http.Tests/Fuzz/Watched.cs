using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kith.Http.Tests.Fuzz;

/// <summary>A session that gets messages by one way only, so that its count tells what became of each request.</summary>
/// <param name="Session">Its path at the door that knows all sessions.</param>
/// <param name="Posts">The targets that post to it.</param>
internal sealed record Watched(string Session, Regex Posts)
{
    public static Watched Honcho(string session) => new(session, new Regex($@"^{session}/messages(/upload)?/?(\?|$)"));

    public static Watched Thread(string workspace, string thread) =>
        new($"/v3/workspaces/{workspace}/sessions/{thread}", new Regex($@"^/v1/workspaces/{workspace}/threads/{thread}/messages(:batch)?(\?|$)"));

    public static Watched Eliza(string session) => new($"/v3/workspaces/eliza/sessions/{session}", new Regex($@"^/api/messaging/sessions/{session}/messages/?(\?|$)"));

    public bool IsPost(RawRequest request) => request.Method == "POST" && Posts.IsMatch(request.Target);

    /// <summary>Whether the request would take away what is watched.</summary>
    public bool IsEnd(RawRequest request) => request.Method == "DELETE" && Session.StartsWith(request.Target.Split('?')[0].TrimEnd('/'), StringComparison.Ordinal);

    public async Task<int> CountAsync(KithHost host) => (await host.SendAsync("POST", $"{Session}/messages/list?size=1")).Json!["total"]!.GetValue<int>();

    /// <summary>How many messages an answer says are stored: a list of them, one, or the first event of a stream.</summary>
    public static int Promised(RawReply reply) => reply.Status switch
    {
        200 when reply.Body.StartsWith("event: user_message", StringComparison.Ordinal) => 1,
        201 => JsonNode.Parse(reply.Body) switch
        {
            JsonArray messages => messages.Count,
            JsonObject answer when answer["messages"] is JsonArray messages => messages.Count,
            _ => 1,
        },
        _ => 0,
    };
}
