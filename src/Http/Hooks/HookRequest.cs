using System.Text;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Kith.Http.Hooks;

/// <summary>An event as it came in: nothing is read into it before it is proven.</summary>
/// <param name="Body">The very bytes.</param>
/// <param name="At">When it came in.</param>
internal sealed record HookRequest(HttpRequest Http, ReadOnlyMemory<byte> Body, DateTimeOffset At)
{
    /// <summary>What clocks may differ by, and how old an event may be that says when it was sent.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public bool IsForm => Http.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Empty where there is none.</summary>
    public string Header(string name) => Http.Headers[name].ToString();

    public string? Query(string name) => Http.Query[name] is [{ } only] ? only : null;

    /// <summary>Whether a number of seconds since 1970 is now, more or less.</summary>
    public bool IsFresh(string seconds) =>
        seconds.Length is > 0 and <= 11 && seconds.All(char.IsAsciiDigit) && (DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)) - At).Duration() <= Window;

    /// <exception cref="SchemaException">Not JSON.</exception>
    public Payload Json() => new(JsonBody.Parse(Body.Span));

    /// <summary>The fields of a form, in their order; none of what is no form.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form()
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(Body.Span)))
            fields.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        return fields;
    }
}
