using System.Text.Json;
using Kith.Core;
using Kith.Core.Memory;
using Kith.Http.Access;
using Kith.Http.Schema;

namespace Kith.Http.Honcho;

/// <summary>Rules that chat, representation and context share: who may look how far.</summary>
internal static class RecallRules
{
    /// <summary>The peer behind a scope is no participant (spec honcho-api §8).</summary>
    public static void RefuseScopePeers(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (name?.StartsWith(Names.ScopePrefix, StringComparison.Ordinal) == true)
                throw new KithException(ErrorCode.Invalid, $"'{name}' is a scope and cannot be used as a peer here");
        }
    }

    public static void CheckScope(Caller caller, string workspace, IReadOnlyList<string>? scope, string? session, JsonElement? filters)
    {
        if (scope is null)
            return;
        if (session is not null || filters is not null)
            throw new KithException(ErrorCode.Invalid, "scope cannot be combined with session_id or filters");
        Gate.RequireWorkspaceKey(caller, workspace, "scope");
    }

    /// <summary>From when memory is looked at; not of the protocol, whose clients never say.</summary>
    public static Clocks ClocksOf(Moment? asOf, Moment? knownAt) => asOf is null && knownAt is null ? Clocks.Now : new(asOf?.Instant, knownAt?.Instant);

    public static IEnumerable<string> NamedSessions(string? session, IReadOnlyList<string>? allowed) =>
        session is null ? allowed ?? [] : [session, .. allowed ?? []];
}
