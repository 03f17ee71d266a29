using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Core.Platforms;
using Kith.Http.Schema;

namespace Kith.Http.Connections.Requests;

/// <param name="Settings">An empty text takes a setting away; those not named stay.</param>
/// <param name="Observed">Null, when it is given, for everybody but bots.</param>
internal sealed record ConnectionUpdate(
    string? Name,
    IReadOnlyDictionary<string, string>? Settings,
    string? Sessions,
    IReadOnlyList<string>? Observed,
    bool? Replies,
    string? Agent)
{
    [JsonIgnore]
    public bool ObservesEverybody { get; init; }

    public static ConnectionUpdate? Read(Input body) => body.Object()?.Only("name", "settings", "sessions", "observed", "replies", "agent") is not { } fields ? null : new(
        fields.Optional("name").Text(1, ConnectionFields.NameCharacters),
        ConnectionFields.Settings(fields.Optional("settings")),
        ConnectionFields.Sessions(fields.Optional("sessions")),
        ConnectionFields.Observed(fields.Optional("observed")),
        fields.Optional("replies").Boolean(),
        fields.Optional("agent").Name())
    {
        ObservesEverybody = fields.Element.TryGetProperty("observed", out var observed) && observed.ValueKind == JsonValueKind.Null,
    };

    public ConnectionChange ToChange() => new()
    {
        Name = Name,
        Settings = Settings,
        Sessions = ConnectionFields.StrategyOf(Sessions),
        Observed = Observed,
        ObservesEverybody = ObservesEverybody,
        Replies = Replies,
        Agent = Agent,
    };
}
