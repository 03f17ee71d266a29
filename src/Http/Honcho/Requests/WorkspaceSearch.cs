using System.Text.Json;
using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record WorkspaceSearch(string Query, JsonElement? Filters = null, int Limit = Search.DefaultLimit, string? Scope = null)
{
    public static WorkspaceSearch? Read(Input body) => Search.Read(body) is not { } search ? null : new(
        search.Query, search.Filters, search.Limit, body.Object()?.Optional("scope").Name(Limits.ScopeIdCharacters));
}
