using Kith.Core.Platforms;
using Kith.Http.Schema;

namespace Kith.Http.Connections.Requests;

/// <param name="Secrets">By name; sealed, and never returned.</param>
/// <param name="Sessions"><c>channel</c>, <c>thread</c> or <c>day</c>.</param>
/// <param name="Observed">The peers that conclusions are drawn about; null for everybody but bots.</param>
/// <param name="Agent">The peer that the bot is.</param>
internal sealed record ConnectionCreate(
    string Platform,
    string? Name,
    IReadOnlyDictionary<string, string>? Secrets,
    IReadOnlyDictionary<string, string>? Settings,
    string? Sessions,
    IReadOnlyList<string>? Observed,
    bool? Replies,
    string? Agent)
{
    public static ConnectionCreate? Read(Input body) =>
        body.Object()?.Only("platform", "name", "secrets", "settings", "sessions", "observed", "replies", "agent") is not { } fields ? null : new(
            fields.Required("platform").OneOf("enum", [.. Core.Platforms.Platform.All.Select(platform => platform.Name)])!,
            fields.Optional("name").Text(1, ConnectionFields.NameCharacters),
            ConnectionFields.Secrets(fields.Optional("secrets")),
            ConnectionFields.Settings(fields.Optional("settings")),
            ConnectionFields.Sessions(fields.Optional("sessions")),
            ConnectionFields.Observed(fields.Optional("observed")),
            fields.Optional("replies").Boolean(),
            fields.Optional("agent").Name());

    public ConnectionChange ToChange() => new()
    {
        Name = Name,
        Settings = Settings,
        Sessions = ConnectionFields.StrategyOf(Sessions),
        Observed = Observed,
        Replies = Replies,
        Agent = Agent,
    };
}
