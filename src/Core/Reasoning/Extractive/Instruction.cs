using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>A wish about how to be treated: "always answer in German", "call me Ali".</summary>
internal static class Instruction
{
    private static readonly FrozenSet<string> Verbs =
        Set("answer reply respond speak write use address call explain format avoid remind remember mention include ask send translate summarise summarize");

    private static readonly FrozenSet<string> Foreign =
        Set("""
            antworte antworten sprich nenn nenne schreib schreibe duze sieze verwende benutze
            responde respóndeme contéstame contesta háblame llámame escribe escríbeme usa utiliza
            réponds répondez appelle-moi appelez-moi parle parlez écris écrivez utilise utilisez tutoie vouvoie
            responda responde-me chama-me chame-me fala escreve escreva use
            """);

    /// <summary>The statement for an instruction; null when the clause is none.</summary>
    public static string? Of(List<Token> tokens, Voice voice, string speaker)
    {
        var at = 0;
        while (at < tokens.Count && tokens[at].Lower is "please" or "just" or "bitte" or "," or "now" or "from") at++;
        if (at + 1 >= tokens.Count) return null;
        var first = tokens[at].Lower;
        var second = tokens[at + 1].Lower;
        if (first == "call" && second == "me" && at + 2 < tokens.Count && tokens[at + 2].Text is [>= 'A' and <= 'Z', ..]) return $"{speaker} wants to be called {Token.Join(tokens[(at + 2)..]).Trim()}.";
        if (voice is not EnglishVoice)
        {
            var isAsked = Foreign.Contains(first) || first is "immer" or "nie" or "siempre" or "nunca" or "toujours" or "sempre" && Foreign.Contains(second);
            return isAsked ? $"{voice.Asks(speaker)} {Rest(tokens, at)}." : null;
        }

        return first switch
        {
            "always" when Verbs.Contains(second) => $"{speaker} asks to always {Rest(tokens, at + 1)}.",
            "never" when Verbs.Contains(second) => $"{speaker} asks to never {Rest(tokens, at + 1)}.",
            "don't" when Verbs.Contains(second) => $"{speaker} asks not to {Rest(tokens, at + 1)}.",
            "do" when second == "not" && at + 2 < tokens.Count && Verbs.Contains(tokens[at + 2].Lower) => $"{speaker} asks not to {Rest(tokens, at + 2)}.",
            "answer" or "reply" or "respond" or "speak" or "address" or "explain" when second is "in" or "me" or "with" or "only" or "as" or "always" => $"{speaker} asks to {Rest(tokens, at)}.",
            "use" when at > 0 => $"{speaker} asks to {Rest(tokens, at)}.",
            _ => null,
        };

        string Rest(List<Token> all, int from)
        {
            var end = all.Count > from + 2 && all[^1].Lower is "please" or "bitte" ? all.Count - 1 : all.Count;
            if (all[end - 1].Text == ",") end--;
            var text = Token.Join(all[from..end].Select(token => token.Lower switch
            {
                "me" => token with { Text = speaker },
                "my" => token with { Text = speaker + "'s" },
                _ => token,
            })).Trim();
            return char.ToLowerInvariant(text[0]) + text[1..];
        }
    }

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
