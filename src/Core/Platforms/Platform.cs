namespace Kith.Core.Platforms;

/// <summary>A chat platform, and what a connection to it is made of.</summary>
/// <param name="Name">As in addresses, and in front of the ids of its peers and sessions.</param>
/// <param name="Proof">The secret, or the setting, by which its events are verified: without it there is no connection to be found.</param>
/// <param name="Secrets">What may be given to keep.</param>
/// <param name="Settings">What else may be said.</param>
public sealed record Platform(string Name, string Proof, IReadOnlyList<string> Secrets, IReadOnlyList<string> Settings)
{
    /// <summary>How long the platform may send an event again.</summary>
    public TimeSpan Persistence { get; private init; } = TimeSpan.FromHours(24);

    public static Platform Slack { get; } = new("slack", "signing_secret", ["signing_secret", "bot_token"], ["bot_user"]);

    public static Platform Discord { get; } = new("discord", "public_key", ["public_key", "bot_token"], ["application_id"]);

    public static Platform Telegram { get; } = new("telegram", "secret_token", ["secret_token", "bot_token"], ["bot_username"]);

    /// <summary>Sends again for up to seven days.</summary>
    public static Platform WhatsApp { get; } = new("whatsapp", "app_secret", ["app_secret", "verify_token", "access_token"], []) { Persistence = TimeSpan.FromDays(8) };

    public static Platform Teams { get; } = new("teams", "app_id", ["client_secret"], ["app_id", "tenant_id"]);

    public static Platform Twilio { get; } = new("twilio", "auth_token", ["auth_token"], ["account_sid", "public_base"]);

    public static IReadOnlyList<Platform> All { get; } = [Slack, Discord, Telegram, WhatsApp, Teams, Twilio];

    /// <summary>Null when there is none of that name.</summary>
    public static Platform? Find(string name) => All.FirstOrDefault(platform => platform.Name == name);

    /// <summary>The peer of a person there.</summary>
    public string PeerOf(string person) => NameOf(person);

    /// <summary>A name for what the platform calls otherwise: as it is where that can be a name, told apart by a hash where it cannot.</summary>
    internal string NameOf(string id)
    {
        var plain = $"{Name}_{id}";
        return plain.Length <= LongestName && Names.HasValidCharacters(plain) ? plain : $"{Name}_{Ids.Of("platform", Name, id)}";
    }

    private const int LongestName = 200;
}
