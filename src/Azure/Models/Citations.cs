using System.Text;
using System.Text.RegularExpressions;

namespace Kith.Azure.Models;

/// <summary>Takes source marks such as <c>[[c2, m5]]</c> out of a text that arrives in pieces, and remembers what they name.</summary>
internal sealed partial class Citations
{
    /// <summary>A mark that is longer is none.</summary>
    private const int LongestMark = 200;

    private readonly StringBuilder _pending = new();
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    /// <summary>c1, m2 … or <c>none</c>, which says that memory does not hold the answer.</summary>
    public IReadOnlySet<string> Labels => _labels;

    /// <summary>The text that may be shown now. What could be the beginning of a mark, and the spaces before it, wait for the next piece.</summary>
    public string Take(string piece)
    {
        _pending.Append(piece);
        var text = WithoutMarks(_pending.ToString());
        var open = text.LastIndexOf("[[", StringComparison.Ordinal);
        var end = open >= 0 && text.Length - open <= LongestMark && text.IndexOf("]]", open, StringComparison.Ordinal) < 0 ? open : text.Length;
        if (end == text.Length && text.EndsWith('['))
            end--;
        while (end > 0 && text[end - 1] == ' ')
            end--;
        _pending.Clear().Append(text, end, text.Length - end);
        return text[..end];
    }

    /// <summary>What waited in vain.</summary>
    public string Rest()
    {
        var rest = _pending.ToString();
        _pending.Clear();
        return rest.TrimEnd();
    }

    private string WithoutMarks(string text) => Mark().Replace(text, mark =>
    {
        foreach (Capture label in mark.Groups["label"].Captures)
            _labels.Add(label.Value);
        return "";
    });

    [GeneratedRegex(@" *\[\[ *(?<label>[cm][0-9]{1,6}|none)(?: *[,;] *(?<label>[cm][0-9]{1,6}|none))* *\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
