using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <param name="Filters">Spec honcho-api §7.</param>
/// <param name="IncludeSources">Not of the original: adds to each conclusion the messages it rests on.</param>
internal sealed record ConclusionListing(JsonElement? Filters = null, bool IncludeSources = false)
{
    public static ConclusionListing? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Optional("filters").FreeObject(),
        fields.Optional("include_sources").Boolean() ?? false);
}
