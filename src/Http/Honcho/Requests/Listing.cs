using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <param name="Filters">Spec honcho-api §7.</param>
internal sealed record Listing(JsonElement? Filters = null)
{
    public static Listing? Read(Input body) => body.Object() is not { } fields ? null : new(fields.Optional("filters").FreeObject());
}
