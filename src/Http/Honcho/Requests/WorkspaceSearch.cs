using System.Text.Json;
using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <param name="IncludeScores">As in <see cref="Search"/>.</param>
internal sealed record WorkspaceSearch(string Query, JsonElement? Filters = null, int Limit = Search.DefaultLimit, string? Scope = null, bool IncludeScores = false)
{
    public static WorkspaceSearch? Read(Input body) => Search.Read(body) is not { } search ? null : new(
        search.Query, search.Filters, search.Limit, body.Object()?.Optional("scope").Name(Limits.ScopeIdCharacters), search.IncludeScores);
}
