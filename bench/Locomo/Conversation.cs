using System.Globalization;
using System.Text.Json;

namespace Kith.Bench.Locomo;

/// <summary>One of the data set's conversations: two speakers over many dated sessions, with questions.</summary>
internal sealed record Conversation(string Name, IReadOnlyList<Sitting> Sittings, IReadOnlyList<Question> Questions)
{
    private const string DateFormat = "h:mm tt 'on' d MMMM, yyyy";

    public static Conversation Read(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = file.RootElement;
        var sittings = new List<Sitting>();
        for (var number = 1; root.TryGetProperty($"session_{number}_date_time", out var date); number++)
        {
            if (root.TryGetProperty($"session_{number}", out var turns))
                sittings.Add(new Sitting($"session_{number}", Date(date.GetString()!), [.. turns.EnumerateArray().Select(Turn)]));
        }

        var known = sittings.SelectMany(sitting => sitting.Turns).Select(turn => turn.Id).ToHashSet();
        var questions = root.GetProperty("qa").EnumerateArray().Select(item => Question(item, known));
        return new Conversation(Path.GetFileNameWithoutExtension(path), sittings, [.. questions]);
    }

    private static DateTimeOffset Date(string text) =>
        DateTimeOffset.ParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces);

    private static Turn Turn(JsonElement turn)
    {
        var text = turn.GetProperty("text").GetString()!;
        return new Turn(
            turn.GetProperty("dia_id").GetString()!,
            turn.GetProperty("speaker").GetString()!,
            turn.TryGetProperty("blip_caption", out var caption) ? $"{text} [{caption.GetString()}]" : text);
    }

    private static Question Question(JsonElement question, HashSet<string> known)
    {
        var evidence = question.TryGetProperty("evidence", out var ids) ? ids.EnumerateArray().Select(id => id.GetString()!).Where(known.Contains) : [];
        return new Question(question.GetProperty("question").GetString()!, question.GetProperty("category").GetInt32(), [.. evidence.Distinct()]);
    }
}
