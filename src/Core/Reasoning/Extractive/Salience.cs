using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>How much a clause tells about its speaker: words that carry content, names, numbers and dates, the first person; less for reactions.</summary>
internal static class Salience
{
    /// <summary>What the clauses of a turn must weigh together to be worth a conclusion, when one of them is direct.</summary>
    public const double Threshold = 11.5;

    /// <summary>What they must weigh when they only comment.</summary>
    public const double CommentThreshold = 14.5;

    /// <summary>What the further clauses of a long turn must weigh, for a statement of their own.</summary>
    public const double FurtherThreshold = 18;

    /// <summary>An answer to a question is more likely to tell something than a remark.</summary>
    public const double Answer = 3;

    /// <summary>What a direct clause must weigh at least.</summary>
    public const double DirectThreshold = 3;

    private const int FewWords = 3;
    private const double PerWord = 0.38;
    private const int FewAlone = 8;
    private const double PerWordAlone = 1;

    /// <summary>What a direct clause of so many words must weigh: two in five of them carry something.</summary>
    public static double Needed(int words) => DirectThreshold + (PerWord * Math.Max(0, words - FewWords));

    /// <summary>What the clauses of a turn must weigh together when there are no more words than these: who says one thing only means it.</summary>
    public static double NeededAlone(int words) => DirectThreshold + (PerWordAlone * Math.Max(0, words - FewAlone));

    /// <summary>What a clause must weigh to stand beside a weightier one.</summary>
    public const double Companion = 1;

    private static readonly FrozenSet<string> Reactions =
        Words.ContentSet("""
            awesome amazing cool great nice sounds glad good wow fun thing things stuff lot lots way definitely totally absolutely thanks thank congrats happy agree
            sure know right true exactly incredible fantastic wonderful beautiful lovely perfect pretty super bit kind sort look looks looking hear see let keep
            luck best better hope hey bye later talk soon chat tough hard rough crazy wild special important excited exciting inspiring interesting funny weird bad fine easy busy
            stuff moment time day mean idea try take make give wait check
            """).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> FirstPerson =
        Set("i i'm i've i'd i'll im ive my me we we're we've we'll our us myself ich mein meine meinen meinem meiner mich mir wir yo mi mis me nosotros je j'ai j'aime j'habite mon ma mes nous eu meu minha nós");

    private static readonly FrozenSet<string> SecondPerson = Set("you you're you've you'll your yours yourself du dein deine tú tu usted vous ton votre você seu");

    /// <param name="mine">Whether the first person is known to be in it; otherwise its words tell.</param>
    public static double Of(List<Token> tokens, bool dated, bool mine)
    {
        var weight = 0.0;
        foreach (var stem in Words.Content(Token.Join(tokens))) weight += Reactions.Contains(stem) ? 0.2 : 1;
        weight = Math.Min(weight, 14);
        var yours = false;
        var names = 0;
        var numbers = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            var lower = tokens[i].Lower;
            mine |= FirstPerson.Contains(lower) || lower.StartsWith("j'", StringComparison.Ordinal);
            yours |= SecondPerson.Contains(lower);
            numbers |= char.IsDigit(lower[0]);
            if (i > 0 && tokens[i].IsWord && char.IsUpper(tokens[i].Text[0]) && !FirstPerson.Contains(lower)) names++;
        }

        if (mine) weight += 1.5;
        if (yours) weight -= mine ? 0.5 : 3;
        if (dated) weight += 2;
        if (numbers) weight += 0.5;
        return weight + Math.Min(names, 3) * 0.5;
    }

    /// <summary>Whether the clause says outright what its speaker does, has, is or wants, rather than how something strikes them.</summary>
    public static bool IsDirect(List<Token> clause, Retelling told, string speaker)
    {
        if (SetsDate(clause) || told.NamesSpeaker && IsPromise(clause)) return true;
        // "Mi hermana vive en Madrid" names nobody where it is told in the same words.
        if (Kinship.IsOwner(clause[0].Lower) && Kinship.IsSubject([.. clause.Select(token => token.Lower)])) return true;
        if (!told.NamesSpeaker || clause.Count < 2 || clause.Exists(token => token.Lower != "your" && SecondPerson.Contains(token.Lower))) return false;
        for (var i = 0; i < clause.Count && i < 5; i++)
            if (Attitudes.Contains(clause[i].Lower)) return false;
        var start = told.Tokens.FindIndex(token => token.Text.StartsWith(speaker, StringComparison.Ordinal));
        return start is >= 0 and < 7;
    }

    /// <summary>"I'll bring you the documents": what the speaker owes the listener.</summary>
    private static bool IsPromise(List<Token> clause) =>
        clause.Count > 3
        && (clause[0].Lower is "i'll" or "we'll" || clause[0].Lower is "i" or "we" && clause[1].Lower is "will" or "promise" or "promised" || clause[0].Lower == "ich" && clause[1].Lower is "werde" or "verspreche" || clause.Take(3).Any(token => token.Lower is "prometo" or "promets"))
        && (clause.Take(5).Any(token => Owed.Contains(token.Lower)) || clause.Exists(token => token.Lower.StartsWith("prom", StringComparison.Ordinal) || token.Lower == "verspreche") || clause.Count > 4 && Owed.Contains(clause[^1].Lower));

    private static readonly FrozenSet<string> Owed =
        Set("""
            send bring call pay help pick cook lend show give teach buy bake write email mail text drive book come visit fix return repay introduce invite forward prepare
            schicken bringen anrufen zahlen bezahlen helfen abholen kochen leihen zeigen geben kaufen schreiben mailen fahren besuchen reparieren zurückgeben vorbeibringen
            """);

    /// <summary>"The deadline is December 1st": about no person, and still told to be remembered.</summary>
    private static bool SetsDate(List<Token> clause) =>
        clause[0].Lower is "the" or "our" or "der" or "die" or "das" or "unser" or "unsere"
        && clause.Exists(token => token.Lower is "is" or "are" or "will" or "starts" or "begins" or "ends" or "ist" or "sind" or "beginnt" or "endet")
        && clause.Exists(token => Calendar.Contains(token.Text));

    private static readonly FrozenSet<string> Calendar =
        Slots.Calendar.Concat(Set("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag")).ToFrozenSet(StringComparer.Ordinal);

    // Verbs and adjectives of answering and judging; what they say is about the conversation.
    private static readonly FrozenSet<string> Attitudes =
        Set("""
            agree know understand think feel guess bet see hear appreciate hope wish can't cannot couldn't glad sure happy proud excited sorry grateful thankful mean remember
            imagine get will totally suppose believe wonder could stoked thrilled glaube denke weiß finde hoffe verstehe creo sé espero crois pense sais acho sei entendo
            """);

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
