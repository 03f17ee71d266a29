using System.Text.Json;

namespace Kith.Compliance.Tests.Search;

/// <summary>A request that reached the double.</summary>
/// <param name="Operation"><c>search</c>, <c>index</c>, <c>count</c> or <c>definition</c>.</param>
/// <param name="Body">Undefined where there was none.</param>
public sealed record SearchCall(string Operation, JsonElement Body)
{
    public string? Filter => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("filter", out var filter) ? filter.GetString() : null;

    public int Actions => Body.GetProperty("value").GetArrayLength();
}
