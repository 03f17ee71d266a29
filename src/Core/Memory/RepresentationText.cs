using System.Globalization;
using System.Text;

namespace Kith.Core.Memory;

/// <summary>Renders conclusions the way Honcho's clients show them (spec honcho-engine §4.3).</summary>
internal static class RepresentationText
{
    private const int MaxSources = 5;

    public static string Render(IReadOnlyList<Conclusion> conclusions)
    {
        var text = new StringBuilder();
        Section(Levels.Explicit, "Explicit Observations", Line);
        Section(Levels.Deductive, "Deductive Observations", conclusion => Line(conclusion) + Bullets("   Premises:", conclusion) + "\n");
        Section(Levels.Inductive, "Inductive Observations", conclusion => $" **Pattern** [{Confidence(conclusion)}]: {conclusion.Content}{Bullets("   **Sources**:", conclusion)}\n");
        Section(Levels.Contradiction, "Contradictions", conclusion => $" **CONTRADICTION**: {conclusion.Content}{Bullets("   **Conflicting statements**:", conclusion)}\n");
        return text.ToString();

        void Section(string level, string heading, Func<Conclusion, string> render)
        {
            var entries = conclusions.Where(conclusion => conclusion.Level == level).ToArray();
            if (entries.Length == 0)
                return;

            text.Append("## ").Append(heading).Append("\n\n");
            foreach (var entry in entries)
                text.Append(render(entry)).Append('\n');
            text.Append('\n');
        }

        string Bullets(string label, Conclusion conclusion)
        {
            var known = conclusion.SourceIds.Select(id => conclusions.FirstOrDefault(other => other.Id == id)?.Content).OfType<string>().ToArray();
            if (known.Length == 0)
                return "";

            var lines = known.Take(MaxSources).Select(content => $"\n   - {content}");
            var more = known.Length > MaxSources ? $"\n   - ... and {known.Length - MaxSources} more" : "";
            return $"\n{label}{string.Concat(lines)}{more}";
        }
    }

    /// <summary>By evidence: two sources low, three or four medium, five or more high (spec honcho-engine §8.3).</summary>
    private static string Confidence(Conclusion conclusion) => conclusion.SourceIds.Count switch
    {
        < 3 => "low",
        < 5 => "medium",
        _ => "high",
    };

    private static string Line(Conclusion conclusion) =>
        $"[{conclusion.SaidAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}] {conclusion.Content}";
}
