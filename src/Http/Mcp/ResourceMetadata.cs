using Kith.Http.Access.Entra;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Kith.Http.Mcp;

/// <summary>RFC 9728: what a client without a token is told of where to get one. Keys of Kith come from its operator: then there are no authorization servers.</summary>
internal sealed record ResourceMetadata(
    string Resource,
    IReadOnlyList<string>? AuthorizationServers,
    IReadOnlyList<string>? ScopesSupported,
    IReadOnlyList<string> BearerMethodsSupported,
    string ResourceName,
    string ResourceDocumentation)
{
    public const string Path = "/.well-known/oauth-protected-resource";

    public static ResourceMetadata Of(HttpRequest request, EntraOptions entra) => new(
        AddressOf(request, McpRoutes.Door),
        entra.IsOn ? [new Uri(entra.Authority, $"/{entra.TenantId}/v2.0").ToString()] : null,
        entra.IsOn ? [$"{entra.Audience}/.default"] : null,
        ["header"],
        "Kith",
        AddressOf(request, "/docs"));

    public static string AddressOf(HttpRequest request, string path) => UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, path);
}
