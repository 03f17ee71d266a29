using System.Collections.Frozen;

namespace Kith.Core.Recall;

/// <summary>
/// Words of grammar in English, German, Spanish, French and Portuguese, folded. A word that means something in another of them
/// is left out (German "die", Spanish "son"): a missed stop word costs little, a lost word costs the answer.
/// </summary>
internal static class StopWords
{
    private const string English =
        """
        a about above after again against all also am an and any are aren as at be because been before being below between both but by can cannot could couldn
        did didn do does doesn doing don down during each few for from further had hadn has hasn have haven having he her here hers herself him himself his how i if
        in into is isn it its itself just ll me more most mustn my myself no nor not of off on once only or other our ours ourselves out over own re same shall shan she
        should shouldn so some such than that the their theirs them themselves then there these they this those through to too under until up ve very was wasn we were
        weren what when where which while who whom whose why will with won would wouldn you your yours yourself yourselves
        """;

    private const string Others =
        """
        der das des dem ein eine einer eines einem einen und oder aber nicht ist sind bin bist wir ihr sie ich mich mir dich dir uns euch mein meine dein deine sein seine
        mit von zu zum zur auf aus bei nach fur uber wie wo wer wenn dass auch noch nur schon sehr hatte haben hast wird werden wurde welche welcher welches
        el los las una unos unas y o pero que como donde cuando quien cual del al por con sin sobre es era eres soy somos fue ha he han muy mas tambien su sus mi mis tu tus lo le les se
        ja um uma uns umas e ou mas que quem onde quando qual do da dos das no na nos nas em de com sem por ao aos pelo pela eu ele ela eles elas foi sao muito mais tambem seu sua seus suas meu minha
        le la les un une des du et ou mais ne pas plus que qui quand quel quelle quels quelles dans sur avec sans est sont suis etait je tu il elle nous vous ils elles mon ma mes ton ta tes ses ce cet cette ces aux au tres aussi
        """;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = $"{English}\n{Others}"
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.Length > 1)
        .ToFrozenSet(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) =>
        word.Length == 1 ? char.IsAsciiLetter(word[0]) : Words.Contains(word);
}
