using Kith.Core.Platforms;
using Kith.Http.Schema;

namespace Kith.Http.Connections.Wire;

/// <param name="Path">Where the platform is to send events, at the address that this server has for it.</param>
/// <param name="Secrets">Without their values, the newest of a name first.</param>
internal sealed record Connection(
    string Id,
    string WorkspaceId,
    string Platform,
    string? Name,
    string Path,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<Connection.Secret> Secrets,
    string Sessions,
    IReadOnlyList<string>? Observed,
    bool Replies,
    string Agent,
    string CreatedAt)
{
    public static Connection Of(Core.Platforms.Connection connection) => new(
        connection.Id,
        connection.WorkspaceId,
        connection.Platform,
        connection.Name,
        $"/hooks/{connection.Platform}/{connection.Id}",
        connection.Settings,
        [.. connection.Secrets.Select(Secret.Of)],
        connection.Sessions.ToString().ToLowerInvariant(),
        connection.Observed,
        connection.Replies,
        connection.Agent,
        Moment.Format(connection.CreatedAt));

    /// <param name="ExpiresAt">When it stops to hold; null for the newest.</param>
    internal sealed record Secret(string Name, string CreatedAt, string? ExpiresAt)
    {
        public static Secret Of(ConnectionSecret secret) => new(secret.Name, Moment.Format(secret.CreatedAt), secret.ExpiresAt is { } end ? Moment.Format(end) : null);
    }
}
