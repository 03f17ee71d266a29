using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record Search(string Query, JsonElement? Filters, int Limit)
{
    public static Search? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("query").Text()!,
        fields.Optional("filters").FreeObject(),
        fields.Defaulted("limit").Integer(min: 1, max: 100) ?? 10);
}
