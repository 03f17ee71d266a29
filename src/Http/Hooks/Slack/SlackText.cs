using System.Text;

namespace Kith.Http.Hooks.Slack;

/// <summary>Slack's markup as plain words: people by their peers, channels and links by their names, entities by their characters.</summary>
internal static class SlackText
{
    /// <param name="peerOf">The peer of a user's id.</param>
    public static (string Text, IReadOnlyList<string> Mentions) Of(string text, Func<string, string> peerOf)
    {
        var (plain, mentions) = (new StringBuilder(text.Length), new List<string>());
        var rest = text.AsSpan();
        while (rest.IndexOf('<') is >= 0 and var start)
        {
            Unescape(plain, rest[..start]);
            rest = rest[(start + 1)..];
            var end = rest.IndexOf('>');
            if (end < 0)
            {
                plain.Append('<');
                break;
            }

            Write(plain, rest[..end].ToString(), peerOf, mentions);
            rest = rest[(end + 1)..];
        }

        Unescape(plain, rest);
        return (plain.ToString(), mentions);
    }

    private static void Write(StringBuilder plain, string inside, Func<string, string> peerOf, List<string> mentions)
    {
        var (target, label) = inside.Split('|', 2) is [var before, var after] ? (before, after) : (inside, "");
        if (target is ['@', .. var user] && user.Length > 0)
        {
            mentions.Add(peerOf(user));
            plain.Append('@').Append(mentions[^1]);
        }
        else if (target is ['#', .. var channel])
        {
            plain.Append('#').Append(label.Length > 0 ? label : channel);
        }
        else if (target is ['!', .. var command])
        {
            plain.Append('@').Append(label.Length > 0 ? label.TrimStart('@') : command.Split('^')[0]);
        }
        else
        {
            Unescape(plain, label.Length > 0 && label != target ? $"{label} ({target})" : target);
        }
    }

    private static void Unescape(StringBuilder plain, ReadOnlySpan<char> text) =>
        plain.Append(text.IndexOf('&') < 0 ? text.ToString() : text.ToString().Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal));
}
