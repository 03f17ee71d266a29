using System.Text.Json;
using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <summary>One scope id, or a list of 1 to 100 of them.</summary>
internal static class ScopeOption
{
    public static IReadOnlyList<string>? Read(Input scope)
    {
        if (!scope.IsMissing && scope.Value.ValueKind == JsonValueKind.Array)
            return scope.List(one => one.Name(Limits.ScopeIdCharacters), min: 1, max: Limits.ScopesPerRequest);
        return scope.Name(Limits.ScopeIdCharacters) is { } id ? [id] : null;
    }
}
