using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Fuzz;

/// <summary>What a door shows of itself, to tell whether a refused request left it as it was.</summary>
internal sealed class DoorState
{
    private readonly Dictionary<string, string> _shown = [];

    /// <summary>Of the door that the request goes to; empty where there is nothing to compare.</summary>
    public static async Task<DoorState> BehindAsync(KithHost host, RawRequest request)
    {
        var state = new DoorState();
        if (request.Target.StartsWith(ThreadRequests.Workspace, StringComparison.Ordinal))
            await state.ReadThreadsAsync(host);
        else if (request.Target.StartsWith("/api/", StringComparison.Ordinal))
            await state.ReadSessionsAsync(host);
        return state;
    }

    /// <summary>What is new or different since; what has gone may have expired.</summary>
    public string? ChangedSince(DoorState before)
    {
        foreach (var (name, text) in _shown)
        {
            if (before._shown.GetValueOrDefault(name) != text)
                return $"changed {name} from {before._shown.GetValueOrDefault(name) ?? "nothing"} to {text}";
        }

        return null;
    }

    private async Task ReadThreadsAsync(KithHost host)
    {
        foreach (var path in new[] { "/settings", "/agents", "/states", "/states/chat", "/threads/t?include=messages,state" })
            _shown[path] = (await host.SendAsync("GET", ThreadRequests.Workspace + path)).Text;
        foreach (var thread in (await host.SendAsync("GET", $"{ThreadRequests.Workspace}/threads?limit=100")).Json!["threads"]!.AsArray())
            _shown[(string)thread!["threadId"]!] = thread.ToJsonString();
    }

    private async Task ReadSessionsAsync(KithHost host)
    {
        foreach (var session in (await host.SendAsync("GET", "/api/messaging/sessions")).Json!["sessions"]!.AsArray().OfType<JsonObject>())
        {
            // Time passes.
            session.Remove("timeRemaining");
            session.Remove("isNearExpiration");
            _shown[(string)session["sessionId"]!] = session.ToJsonString();
        }
    }
}
