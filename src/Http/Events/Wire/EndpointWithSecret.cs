using Kith.Core.Directory;

namespace Kith.Http.Events.Wire;

/// <param name="Value">The newest secret; not shown again. Null where none was made.</param>
internal sealed record EndpointWithSecret(
    string Id,
    string WorkspaceId,
    string Url,
    IReadOnlyList<string> Events,
    IReadOnlyList<Endpoint.Secret> Secrets,
    string CreatedAt,
    [property: System.Text.Json.Serialization.JsonPropertyName("secret")] string? Value)
{
    public static EndpointWithSecret Of(Webhook webhook, bool isNew)
    {
        var endpoint = Endpoint.Of(webhook);
        return new(endpoint.Id, endpoint.WorkspaceId, endpoint.Url, endpoint.Events, endpoint.Secrets, endpoint.CreatedAt, isNew ? webhook.Secrets[0].Value : null);
    }
}
