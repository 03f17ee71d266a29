using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Which of the languages with rules a text is in, judged by its function words; other scripts by their letters.</summary>
internal static class Language
{
    private const int LongestSample = 2000;

    private static readonly (string Code, FrozenSet<string> Words, string[] Endings)[] Marks =
    [
        ("en", Set("the i my is are was am and to of it for with you we they have has had this that been im ive not in on at from me a an so do does did want"), ["ing"]),
        ("de", Set("ich der die das und ist bin nicht mein meine meinen meiner ein eine einen mit habe hat auf für von zu im wir mich mir seit wohne bei als auch sehr war nach heiße unser unsere unseren uns sondern mehr jetzt am zum zur vom den dem sie er noch nur dass kein keine keinen gern gerne wohnt heißt gehe hab"), ["ung", "chen"]),
        ("es", Set("yo a fui el la los las y es soy mi mis en un una con me que de del por para muy he estoy no se tengo vivo trabajo gusta ahora desde hace al nos hemos nuestro nuestra llevo mes ya lo sin pero está más"), ["ción", "é", "dad", "iendo"]),
        ("fr", Set("je on a j le la les et est suis mon ma mes en un une avec que de du des pour très ai dans ne pas nous à au c il elle depuis habite chez"), ["eux", "ement", "ée"]),
        ("pt", Set("eu a fui o os as e é sou meu ontem hoje se mês minha meus minhas em um uma com que de do da dos na no para por muito não estou tenho moro vivo trabalho me agora desde há nós nos nosso nossa"), ["ei", "ção", "dade", "ões"]),
    ];

    // Letters that only one of them writes.
    private static readonly (char Letter, string Code)[] Letters =
        [('ß', "de"), ('ä', "de"), ('ñ', "es"), ('¿', "es"), ('¡', "es"), ('ã', "pt"), ('õ', "pt"), ('œ', "fr"), ('è', "fr"), ('û', "fr")];

    /// <param name="usual">The language of the author's other texts; decides where the text itself leaves it open.</param>
    public static string? Guess(string text, string? usual = null)
    {
        var script = Script(text);
        if (script is not "latin") return script.Length == 0 ? null : script;
        Span<int> scores = stackalloc int[Marks.Length];
        Score(text, scores);
        var most = 0;
        foreach (var score in scores) most = Math.Max(most, score);
        if (most == 0) return usual ?? (text.All(char.IsAscii) ? "en" : null);
        var best = -1;
        for (var i = 0; i < scores.Length; i++)
            if (scores[i] == most && (best < 0 || Marks[i].Code == usual)) best = i;
        return Marks[best].Code;
    }

    private static void Score(string text, Span<int> scores)
    {
        if (text.Length > LongestSample) text = text[..LongestSample];
        foreach (var token in Token.Split(text))
        {
            var word = token.Lower;
            // "j'ai", "c'est", "i'm": the part before the apostrophe is the mark.
            var cut = word.IndexOf('\'', StringComparison.Ordinal);
            for (var i = 0; i < Marks.Length; i++)
            {
                if (Marks[i].Words.Contains(word) || cut > 0 && Marks[i].Words.Contains(word[..cut])) scores[i] += 2;
                foreach (var ending in Marks[i].Endings)
                    if (word.Length > ending.Length + 1 && word.EndsWith(ending, StringComparison.Ordinal)) scores[i]++;
            }
        }

        foreach (var (letter, code) in Letters)
            if (text.Contains(letter, StringComparison.OrdinalIgnoreCase)) scores[Array.FindIndex(Marks, mark => mark.Code == code)] += 3;
    }

    private static string Script(string text)
    {
        int latin = 0, han = 0, kana = 0, hangul = 0, cyrillic = 0, other = 0;
        foreach (var c in text)
        {
            if (!char.IsLetter(c)) continue;
            if (c < 0x250) latin++;
            else if (c is >= '぀' and <= 'ヿ') kana++;
            else if (c is >= '㐀' and <= '鿿') han++;
            else if (c is >= '가' and <= '힣') hangul++;
            else if (c is >= 'Ѐ' and <= 'ӿ') cyrillic++;
            else other++;
        }

        if (latin >= han + kana + hangul + cyrillic + other) return latin == 0 ? "" : "latin";
        if (kana > 0 && kana + han > hangul + cyrillic + other) return "ja";
        if (han > hangul + cyrillic + other) return "zh";
        return hangul > cyrillic + other ? "ko" : cyrillic > other ? "ru" : "";
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
