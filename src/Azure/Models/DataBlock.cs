using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kith.Core.Reasoning;

namespace Kith.Azure.Models;

/// <summary>
/// Data for a model: one JSON object per line between two marks. JSON escapes line breaks, so no text can begin a line of its own and close the block.
/// </summary>
internal static class DataBlock
{
    /// <param name="maxCharacters">Lines from the one that would go beyond are left out.</param>
    /// <returns>How many lines were written.</returns>
    public static int AppendBlock<T>(this StringBuilder text, string name, IEnumerable<T> lines, JsonTypeInfo<T> type, int maxCharacters = int.MaxValue)
    {
        text.Append('<').Append(name).Append(">\n");
        var written = text.AppendLines(lines, type, maxCharacters);
        text.Append("</").Append(name).Append(">\n");
        return written;
    }

    /// <inheritdoc cref="AppendBlock"/>
    public static int AppendLines<T>(this StringBuilder text, IEnumerable<T> lines, JsonTypeInfo<T> type, int maxCharacters)
    {
        var written = 0;
        foreach (var line in lines)
        {
            var json = JsonSerializer.Serialize(line, type);
            if ((maxCharacters -= json.Length + 1) < 0)
                break;
            text.Append(json).Append('\n');
            written++;
        }

        return written;
    }

    /// <summary>With the day of the week, which "last Friday" needs.</summary>
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm ddd", CultureInfo.InvariantCulture);

    public static TurnLine Line(this Turn turn, int? number = null) => new(number, turn.PeerId, Time(turn.CreatedAt), turn.Content);
}
