using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kith.Http.Tests.Replay;

/// <summary>What the server chose (ids and times): each recorded value stands for one value of ours, everywhere in a recording.</summary>
internal sealed partial class ServerNames
{
    private readonly Dictionary<string, string> _ours = [];

    /// <summary>A recorded request as it must be sent to our server.</summary>
    public string Translate(string text) => Id().Replace(text, id => _ours.GetValueOrDefault(id.Value, id.Value));

    /// <summary>Whether ours is what the recorded value stands for; the first time that it is seen decides.</summary>
    public bool Match(JsonNode recorded, JsonNode given)
    {
        if (recorded.GetValueKind() != JsonValueKind.String || given.GetValueKind() != JsonValueKind.String)
            return false;
        var (theirs, ours) = (recorded.GetValue<string>(), given.GetValue<string>());
        if (_ours.TryGetValue(theirs, out var known))
            return known == ours;
        if (!(WholeId().IsMatch(theirs) && WholeId().IsMatch(ours)) && !(ServerTime().IsMatch(theirs) && Time().IsMatch(ours) && theirs[^1] == ours[^1]))
            return false;
        _ours.Add(theirs, ours);
        return true;
    }

    [GeneratedRegex("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{21}(?![A-Za-z0-9_-])")]
    private static partial Regex Id();

    [GeneratedRegex("^[A-Za-z0-9_-]{21}$")]
    private static partial Regex WholeId();

    /// <summary>The day of the recording: no client chose it.</summary>
    [GeneratedRegex(@"^2026-11-20T[\d:.]+(Z|\+00:00)$")]
    private static partial Regex ServerTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?(Z|\+00:00)$")]
    private static partial Regex Time();
}
