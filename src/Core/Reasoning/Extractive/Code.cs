namespace Kith.Core.Reasoning.Extractive;

/// <summary>Lines of programs, scripts and data that somebody pasted without a fence: they are in no language that people speak.</summary>
internal static class Code
{
    private const int FewestMarks = 2;

    /// <summary>Marks of code for each letter: prose has one now and then.</summary>
    private const double Density = 0.12;

    /// <summary>From so many lines on the others of a text go by most of them: "set -e" alone could be anything.</summary>
    private const int FewestLines = 3;

    private static readonly string[] Openings =
        ["#!", "$ ", "sudo ", "export ", "import ", "from __", "def ", "const ", "var ", "echo ", "curl ", "git ", "npm ", "docker ", "pip ", "mkdir ", "elif ", "SELECT ", "INSERT ", "UPDATE ", "CREATE ", "DELETE "];

    /// <summary>Whether at least half of the lines are code.</summary>
    public static bool IsMostOf(IReadOnlyCollection<string> lines) => lines.Count >= FewestLines && lines.Count(Is) * 2 >= lines.Count;

    /// <param name="line">Without white space around it.</param>
    public static bool Is(string line)
    {
        if (line is "fi" or "done" or "esac" or "do" or "then" || line.StartsWith("#!", StringComparison.Ordinal)) return true;
        var (marks, letters) = (0, 0);
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsLetter(line[i])) letters++;
            else if (IsMark(line, i)) marks++;
        }

        return marks >= FewestMarks && marks >= letters * Density || marks > 0 && Array.Exists(Openings, opening => line.StartsWith(opening, StringComparison.Ordinal));
    }

    /// <summary>Prices, paths in prose, asides in brackets and faces are none.</summary>
    private static bool IsMark(string line, int i)
    {
        var before = i > 0 ? line[i - 1] : ' ';
        var after = i + 1 < line.Length ? line[i + 1] : ' ';
        return line[i] switch
        {
            '{' or '}' or '=' or '\\' => true,
            '(' or '[' => char.IsLetterOrDigit(before) || before is '_' or '$',
            ';' => i == line.Length - 1,
            '$' => char.IsLetter(after) || after is '{' or '(' or '_',
            '/' => before is ' ' or '/' or '"' && (char.IsLetter(after) || after == '/'),
            '_' => char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after),
            '<' => char.IsLetter(after) || after is '/' or '<',
            '>' => before is '-' or '=' or '>' or '"' || char.IsLetter(before),
            '|' => before is '|' or ' ' && after is ' ' or '|',
            '&' => after == '&' || before == '&',
            _ => false,
        };
    }
}
