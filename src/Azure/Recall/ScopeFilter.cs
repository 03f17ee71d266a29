using Azure.Search.Documents;
using Kith.Core.Recall;

namespace Kith.Azure.Recall;

/// <summary>Filters of requests. Every one begins with a workspace; names and values are escaped, never pasted.</summary>
internal static class ScopeFilter
{
    public static string Of(RecallScope scope)
    {
        var filter = SearchFilter.Create($"workspace eq {scope.Workspace} and kind eq {IndexedEntry.KindOf(scope.Kind)}");
        if (scope.Peer is { } peer)
            filter += SearchFilter.Create($" and peer eq {peer}");
        if (scope.Observer is { } observer)
            filter += SearchFilter.Create($" and observer eq {observer}");
        if (scope.Observed is { } observed)
            filter += SearchFilter.Create($" and observed eq {observed}");
        // No name and no level holds a bar.
        if (scope.Sessions is { } sessions)
            filter += SearchFilter.Create($" and search.in(session, {string.Join('|', sessions)}, '|')");
        if (scope.Levels is { } levels)
            filter += SearchFilter.Create($" and search.in(level, {string.Join('|', levels)}, '|')");
        if (scope.From is { } from)
            filter += SearchFilter.Create($" and createdAt ge {IndexedEntry.Microseconds(from)}");
        if (scope.To is { } to)
            filter += SearchFilter.Create($" and createdAt lt {IndexedEntry.Microseconds(to)}");
        return filter;
    }

    public static string Comparable(string filter, string model) => filter + SearchFilter.Create($" and model eq {model}");

    /// <summary>All of a kind, of one session or of all, after an id.</summary>
    public static string Kind(string workspace, RecallKind kind, string? session, string? after)
    {
        var filter = SearchFilter.Create($"workspace eq {workspace} and kind eq {IndexedEntry.KindOf(kind)}");
        if (session is not null)
            filter += SearchFilter.Create($" and session eq {session}");
        if (after is not null)
            filter += SearchFilter.Create($" and id gt {after}");
        return filter;
    }

    public static string Session(string workspace, string session) => SearchFilter.Create($"workspace eq {workspace} and session eq {session}");

    public static string Workspace(string workspace) => SearchFilter.Create($"workspace eq {workspace}");

    public static string After(string filter, string? key) => key is null ? filter : filter + SearchFilter.Create($" and key gt {key}");
}
