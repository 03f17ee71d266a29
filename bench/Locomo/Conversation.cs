using System.Globalization;
using System.Text.Json;

namespace Kith.Bench.Locomo;

/// <summary>One of the data set's conversations: two speakers over many dated sessions, with questions.</summary>
internal sealed record Conversation(string Name, IReadOnlyList<string> Speakers, IReadOnlyList<Sitting> Sittings, IReadOnlyList<Question> Questions, IReadOnlyList<Fact> Facts)
{
    private const string DateFormat = "h:mm tt 'on' d MMMM, yyyy";

    public static Conversation Read(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = file.RootElement;
        var sittings = new List<Sitting>();
        var facts = new List<Fact>();
        for (var number = 1; root.TryGetProperty($"session_{number}_date_time", out var date); number++)
        {
            if (root.TryGetProperty($"session_{number}", out var turns))
                sittings.Add(new Sitting($"session_{number}", Date(date.GetString()!), [.. turns.EnumerateArray().Select(Turn)]));
            if (root.TryGetProperty($"session_{number}_observation", out var observations))
                facts.AddRange(observations.EnumerateObject().SelectMany(speaker => speaker.Value.EnumerateArray()).Select(Fact));
        }

        var known = sittings.SelectMany(sitting => sitting.Turns).Select(turn => turn.Id).ToHashSet();
        var questions = root.GetProperty("qa").EnumerateArray().Select(item => Question(item, known));
        string[] speakers = [root.GetProperty("speaker_a").GetString()!, root.GetProperty("speaker_b").GetString()!];
        return new Conversation(Path.GetFileNameWithoutExtension(path), speakers, sittings, [.. questions], facts);
    }

    /// <summary>The speaker that a text names, the first of several; null when it names none.</summary>
    public string? Named(string text) => Speakers
        .Select(speaker => (Speaker: speaker, At: text.IndexOf(speaker, StringComparison.OrdinalIgnoreCase)))
        .Where(found => found.At >= 0)
        .OrderBy(found => found.At)
        .FirstOrDefault()
        .Speaker;

    private static DateTimeOffset Date(string text) =>
        DateTimeOffset.ParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces);

    private static Turn Turn(JsonElement turn) => new(
        turn.GetProperty("dia_id").GetString()!,
        turn.GetProperty("speaker").GetString()!,
        turn.GetProperty("text").GetString()!,
        turn.TryGetProperty("blip_caption", out var caption) ? caption.GetString() : null);

    private static Question Question(JsonElement question, HashSet<string> known)
    {
        var evidence = question.TryGetProperty("evidence", out var ids) ? ids.EnumerateArray().Select(id => id.GetString()!).Where(known.Contains) : [];
        return new Question(question.GetProperty("question").GetString()!, question.GetProperty("category").GetInt32(), [.. evidence.Distinct()]);
    }

    /// <summary>A pair of text and source; the source is one turn or a list of turns.</summary>
    private static Fact Fact(JsonElement pair) => new(
        pair[0].GetString()!,
        pair[1].ValueKind == JsonValueKind.Array ? [.. pair[1].EnumerateArray().Select(turn => turn.GetString()!)] : [pair[1].GetString()!]);
}
