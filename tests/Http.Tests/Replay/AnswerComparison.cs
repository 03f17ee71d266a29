using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kith.Http.Tests.Replay;

/// <summary>
/// Compares answers with recorded ones: members with their order and JSON types everywhere; values wherever they follow from what clients
/// sent. What a model said, what depends on it and the rest of the recorded server's data have the same shape only.
/// </summary>
internal sealed partial class AnswerComparison(ServerNames names)
{
    /// <summary>Where a request went and which places of its answer have the same shape only.</summary>
    private static readonly (Regex Address, Regex At)[] ShapeOnly =
    [
        (ChatAddress(), ChatText()),
        (RepresentationAddress(), RepresentationText()),
        (ContextAddress(), Remembered()),
        (SummarisedContextAddress(), ContextMessages()),
        (SummariesAddress(), Summary()),
        (RecalledAddress(), Anywhere()),
    ];

    public IEnumerable<Difference> Compare(Recording recording, KithHost.Reply reply)
    {
        Difference Differs(string at, string text) => new(recording, at, text);

        if (reply.Code != recording.Status)
        {
            yield return Differs("status", $"{reply.Code} instead of {recording.Status}: {reply.Text}");
            yield break;
        }

        if (reply.Type != recording.ContentType)
            yield return Differs("content-type", $"{reply.Type} instead of {recording.ContentType}");
        if (recording.HasJson)
        {
            var address = $"{recording.Path}?{recording.Query}";
            var places = recording.Status >= 400 ? [] : ShapeOnly.Where(rule => rule.Address.IsMatch(address)).Select(rule => rule.At).ToArray();
            var (theirs, ours) = recording.Method == "GET" && MembersAddress().IsMatch(address) ? (Sorted(recording.Json!), Sorted(reply.Json!)) : (recording.Json, reply.Json);
            foreach (var (at, text) in Compare("$", theirs, ours, places))
                yield return Differs(at, text);
        }
        else if (recording.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
        {
            foreach (var (at, text) in CompareEvents(recording.Text!, reply.Text))
                yield return Differs(at, text);
        }
        else if (reply.Text != (recording.Text ?? ""))
        {
            yield return Differs("body", $"{reply.Text} instead of {recording.Text}");
        }
    }

    /// <summary>All events but the last have one shape.</summary>
    private IEnumerable<(string At, string Text)> CompareEvents(string recorded, string given)
    {
        var (theirs, ours) = (Events(recorded), Events(given));
        return ours.Length < 2
            ? [("body", given)]
            : ours[..^1].SelectMany((item, index) => CompareShape($"event {index}", theirs[0], item)).Concat(Compare("last event", theirs[^1], ours[^1], []));

        static JsonNode?[] Events(string stream) =>
            [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(item => JsonNode.Parse(item["data: ".Length..]))];
    }

    private IEnumerable<(string At, string Text)> Compare(string at, JsonNode? recorded, JsonNode? given, Regex[] shapeOnly)
    {
        if (shapeOnly.Any(place => place.IsMatch(at)))
            return CompareShape(at, recorded, given);
        return (recorded, given) switch
        {
            (null, null) => [],
            (JsonObject theirs, JsonObject ours) => CompareMembers(at, theirs, ours).Concat(
                theirs.Where(member => ours.ContainsKey(member.Key)).SelectMany(member => Compare($"{at}.{member.Key}", member.Value, ours[member.Key], shapeOnly))),
            (JsonArray theirs, JsonArray ours) => CompareCounts(at, theirs, ours).Concat(
                theirs.Zip(ours).SelectMany((pair, index) => Compare($"{at}[{index}]", pair.First, pair.Second, shapeOnly))),
            (JsonValue theirs, JsonValue ours) when JsonNode.DeepEquals(theirs, ours) || names.Match(theirs, ours) => [],
            _ => [(at, $"{Show(given)} instead of {Show(recorded)}")],
        };
    }

    private static IEnumerable<(string At, string Text)> CompareShape(string at, JsonNode? recorded, JsonNode? given) => (recorded, given) switch
    {
        // Whether there is something to tell is up to the model too.
        (null, _) or (_, null) => [],
        (JsonObject theirs, JsonObject ours) when IsMap(at) => theirs.Count == 0 ? [] : ours.SelectMany(member => CompareShape($"{at}.*", theirs.First().Value, member.Value)),
        (JsonObject, JsonObject) when IsFree(at) => [],
        (JsonObject theirs, JsonObject ours) => CompareMembers(at, theirs, ours).Concat(
            theirs.Where(member => ours.ContainsKey(member.Key)).SelectMany(member => CompareShape($"{at}.{member.Key}", member.Value, ours[member.Key]))),
        (JsonArray theirs, JsonArray ours) => theirs.Count == 0 ? [] : ours.SelectMany((item, index) => CompareShape($"{at}[{index}]", theirs[0], item)),
        (JsonValue theirs, JsonValue ours) when theirs.GetValueKind() == JsonValueKind.String && ours.GetValueKind() == JsonValueKind.String =>
            theirs.GetValue<string>() is ['{', ..] text ? CompareShape($"{at}:", JsonNode.Parse(text), JsonNode.Parse(ours.GetValue<string>())) : [],
        (JsonValue theirs, JsonValue ours) when Kind(theirs) == Kind(ours) => [],
        _ => [(at, $"{Show(given)} instead of something like {Show(recorded)}")],
    };

    private static IEnumerable<(string At, string Text)> CompareMembers(string at, JsonObject recorded, JsonObject given)
    {
        var (theirs, ours) = (recorded.Select(member => member.Key), given.Select(member => member.Key));
        // The original's database orders what clients attach; Kith keeps the client's order.
        if (IsFree(at))
            (theirs, ours) = (theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        if (!theirs.SequenceEqual(ours))
            yield return ($"{at}{{}}", $"members {string.Join(',', ours)} instead of {string.Join(',', theirs)}");
    }

    private static IEnumerable<(string At, string Text)> CompareCounts(string at, JsonArray recorded, JsonArray given)
    {
        if (recorded.Count != given.Count)
            yield return (at, $"{given.Count} items instead of {recorded.Count}");
    }

    /// <summary>Members of a session come in no defined order (spec honcho-api §3).</summary>
    private static JsonNode Sorted(JsonNode page)
    {
        page["items"] = new JsonArray([.. page["items"]!.AsArray().OrderBy(item => item!["id"]!.GetValue<string>(), StringComparer.Ordinal).Select(item => item!.DeepClone())]);
        return page;
    }

    private static bool IsFree(string at) => FreeObject().IsMatch(at);

    private static bool IsMap(string at) => at is "$.sessions" or "$.backfill_status";

    private static JsonValueKind Kind(JsonValue value) => value.GetValueKind() == JsonValueKind.False ? JsonValueKind.True : value.GetValueKind();

    private static string Show(JsonNode? node) => node?.ToJsonString() is { } text ? text[..Math.Min(200, text.Length)] : "null";

    [GeneratedRegex(@"/chat\?")]
    private static partial Regex ChatAddress();

    [GeneratedRegex(@"^\$\.content$")]
    private static partial Regex ChatText();

    [GeneratedRegex(@"/representation\?|/peers/[^/]+/context\?")]
    private static partial Regex RepresentationAddress();

    [GeneratedRegex(@"^\$\.(representation|peer_card)$")]
    private static partial Regex RepresentationText();

    [GeneratedRegex(@"/sessions/[^/]+/context\?")]
    private static partial Regex ContextAddress();

    [GeneratedRegex(@"^\$\.(summary|peer_representation|peer_card)$")]
    private static partial Regex Remembered();

    /// <summary>A summary takes the place of the messages that it covers, so what is left for messages follows from its length.</summary>
    [GeneratedRegex(@"/context\?(?!.*summary=false)")]
    private static partial Regex SummarisedContextAddress();

    [GeneratedRegex(@"^\$\.messages$")]
    private static partial Regex ContextMessages();

    [GeneratedRegex(@"/summaries\?")]
    private static partial Regex SummariesAddress();

    [GeneratedRegex(@"^\$\.(short|long)_summary$")]
    private static partial Regex Summary();

    /// <summary>Ordered by relevance, made by the model, or full of what other clients did on the recorded server.</summary>
    [GeneratedRegex(@"/(search|(conclusions|observations)/(list|query)|(queue|deriver)/status|workspaces/list|scopes/[^/]+/status)\?")]
    private static partial Regex RecalledAddress();

    [GeneratedRegex(@"^\$")]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"/sessions/[^/]+/peers\?")]
    private static partial Regex MembersAddress();

    [GeneratedRegex(@"\.(metadata|configuration)(\.|$)|\.input(\.|$|\[)")]
    private static partial Regex FreeObject();
}
