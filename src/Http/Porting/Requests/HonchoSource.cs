using Kith.Http.Schema;

namespace Kith.Http.Porting.Requests;

/// <summary>A Honcho v3 server to read from.</summary>
/// <param name="Url">Its address, without <c>/v3</c>.</param>
/// <param name="Workspace">The workspace there; the same name as here where null.</param>
/// <param name="Key">Sent as a bearer token; used while reading and not kept.</param>
internal sealed record HonchoSource(string Url, string? Workspace = null, string? Key = null)
{
    public static HonchoSource? Read(Input body) => body.Object()?.Only("url", "workspace", "key") is not { } fields ? null : new(
        fields.Required("url").Text(min: 1, max: 2_048) ?? "",
        fields.Optional("workspace").Text(min: 1),
        fields.Optional("key").Text(min: 1));
}
