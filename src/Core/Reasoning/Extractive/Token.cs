namespace Kith.Core.Reasoning.Extractive;

/// <summary>A word or a punctuation mark of a sentence.</summary>
/// <param name="Spaced">Whether white space stands before it.</param>
internal readonly record struct Token(string Text, bool Spaced)
{
    public bool IsWord => char.IsLetterOrDigit(Text[0]);

    public string Lower => Text.ToLowerInvariant();

    /// <summary>Words keep their inner apostrophes and hyphens ("don't", "mother-in-law").</summary>
    public static List<Token> Split(string text)
    {
        var tokens = new List<Token>();
        var spaced = false;
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                spaced = true;
                i++;
                continue;
            }

            var start = i;
            if (char.IsLetterOrDigit(text[i]))
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || Joins(text, i))) i++;
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length)
                i += 2;
            else
                i++;
            tokens.Add(new Token(text[start..i], spaced));
            spaced = false;
        }

        return tokens;
    }

    public static string Join(IEnumerable<Token> tokens)
    {
        var text = new System.Text.StringBuilder();
        foreach (var token in tokens)
        {
            if (token.Spaced && text.Length > 0) text.Append(' ');
            text.Append(token.Text);
        }

        return text.ToString();
    }

    private static bool Joins(string text, int i) =>
        text[i] is '\'' or '-' or '_' && i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1])
        || text[i] is '.' or ',' && i + 1 < text.Length && i > 0 && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]);
}
