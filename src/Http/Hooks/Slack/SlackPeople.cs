using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Slack;

/// <summary>Who is who in an event of Slack's.</summary>
internal static class SlackPeople
{
    /// <summary>A user as <c>user_change</c> has it; null where it has no id.</summary>
    public static Person? Of(Payload user) => user["id"].Text is { } id
        ? new Person(id, user["profile"]["display_name"].Text ?? user["profile"]["real_name"].Text ?? user["real_name"].Text ?? user["name"].Text, user["is_bot"].IsTrue)
        : null;

    public static Person? AuthorOf(Payload body, Payload message, OpenConnection connection)
    {
        var (user, bot, profile) = (message["user"].Text, message["bot_id"].Text, message["user_profile"]);
        if ((user ?? bot) is not { } id)
            return null;
        var app = body["api_app_id"].Text;
        var isAgent = (app is not null && (message["app_id"].Text ?? message["bot_profile"]["app_id"].Text) == app) || (user is not null && IsAgent(body, user, connection));
        var name = profile["display_name"].Text ?? profile["real_name"].Text ?? message["username"].Text ?? message["bot_profile"]["name"].Text;
        return new Person(id, name, bot is not null, isAgent);
    }

    public static string PeerOf(Payload body, string user, OpenConnection connection) =>
        IsAgent(body, user, connection) ? connection.Connection.Agent : connection.Platform.PeerOf(user);

    /// <summary>The bot's user is set, or is the one that the app is installed for.</summary>
    private static bool IsAgent(Payload body, string user, OpenConnection connection) =>
        connection.Setting("bot_user") == user || body["authorizations"].Items.Any(one => one["is_bot"].IsTrue && one["user_id"].Text == user);
}
