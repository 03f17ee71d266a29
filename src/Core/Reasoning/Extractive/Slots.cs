using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Recognises facts of which a person has one at a time, by their words rather than by whole phrases.</summary>
internal static class Slots
{
    // Present or perfective forms only: "lived in Berlin" says nothing about now.
    private static readonly FrozenSet<string> HomeVerbs =
        Set("""
            live living moved relocated settled resettled reside residing resident based emigrated move immigrated
            wohne lebe wohnen leben umgesiedelt übergesiedelt gezogen umgezogen verzogen zog wohnhaft übersiedelt ausgewandert niedergelassen lebt wohnt eingezogen verschlagen
            vivo vivir mudé mudado mudada mudamos resido instalé instalamos instalado instalada trasladamos trasladé trasladado trasladada radico vivimos viviendo establecí
            habite vis vit relogé vivre déménagé installé installée installer emménagé réside habitons vivons établi établie établis
            moro morar viver mudei mudei-me mudámos resido instalei mudado mudou vivo transferi morando moramos vivendo vivemos estabeleci
            """);

    // Said of a move that is over only after a word that says so: "I ended up moving", "acabo de mudarme".
    private static readonly FrozenSet<string> Moves = Set("moving relocating mudarme mudarnos trasladarme instalarme déménager emménager mudar mudar-me");

    private static readonly FrozenSet<string> Over = Set("up finished done acabo acabamos acabei terminé viens venons");

    private static readonly FrozenSet<string> Dwellings = Set("city town stadt ciudad ville cidade place house haus");

    private static readonly FrozenSet<string> Becoming = Set("been became devenue devenu wurde geworden convertido ahora agora");

    private static readonly FrozenSet<string> Being = Set("i'm am we're are bin sind estoy estamos suis sommes estou");

    private static readonly FrozenSet<string> There = Set("there dort dorthin hier allí allá là-bas lá");

    private static readonly FrozenSet<string> Weddings = Set("geheiratet casé casei casamos casado casada épousé divorcié divorciei");

    /// <summary>What says that it is so by now.</summary>
    public static FrozenSet<string> Now { get; } = Set("now currently jetzt nun inzwischen mittlerweile ahora actualmente maintenant désormais actuellement agora atualmente");

    private static readonly FrozenSet<string> Cities = Set("city town stadt ciudad ville cidade");

    private static readonly FrozenSet<string> Negations = Set("not don't dont no longer never nicht kein ne n' pas não nunca jamais");

    private static readonly FrozenSet<string> Contrasts = Set("but sondern sino mais mas");

    private static readonly FrozenSet<string> Restarts = Set("i i'm i've we we're we've ich wir je j' nous yo eu estoy vivo moro estou");

    private static readonly FrozenSet<string> Links = Set("and but so und aber sondern deshalb y pero así et mais donc e mas então");

    private static readonly FrozenSet<string> Conditions = Set("if when whenever unless wenn falls als si cuando quand quando caso");

    private static readonly FrozenSet<string> HomeNouns =
        Set("""
            home apartment flat address residence hauptwohnsitz lebensmittelpunkt zuhause wohnung wohnort wohnsitz adresse heimat
            casa hogar piso apartamento departamento domicilio dirección domicile maison appartement chez-moi adresse lar endereço morada apê residência
            """);

    private static readonly FrozenSet<string> Trades =
        Set("left traded swapped exchanged quit switched tauschte getauscht eingetauscht verlassen verließ dejé cambié quitté troqué échangé laissé deixei troquei trocar larguei");

    private static readonly FrozenSet<string> Travels = Set("at airport flight station trip holiday vacation visiting aeropuerto flughafen urlaub aéroport vacances aeroporto férias vacaciones");

    private static readonly FrozenSet<string> TradeFor = Set("for gegen für por pour contre");

    private static readonly FrozenSet<string> PlaceMarks = Set("to in at near nach bei en a à au aux em para pra pro no na into around");

    private static readonly FrozenSet<string> Statuses =
        Set("""
            single married engaged divorced widowed separated ledig verheiratet verlobt geschieden verwitwet soltero soltera casado casada comprometido comprometida divorciado divorciada prometido prometida
            viudo viuda célibataire marié mariée fiancé fiancée divorcé divorcée veuf veuve solteiro solteira noivo noiva viúvo viúva
            """);

    private static readonly FrozenSet<string> Unreal =
        Set("""
            want wants wanted would wish hope hoping might may could if maybe plan planning consider considering thinking will gonna used never not don't didn't longer anymore dream dreaming almost nearly
            möchte würde will werde wollte vielleicht nicht nie kein früher falls wenn überlege plane
            quiero quisiera querría ojalá quizá quizás si nunca antes voy iría pienso planeo viene próximo próxima
            veux voudrais aimerais si jamais avant vais irai pense
            quero queria gostaria talvez se nunca antes vou irei penso pretendo
            """);

    private static readonly FrozenSet<string> First =
        Set("i i'm i've i'd my me im ive we we've we're our ich mein meine meinen meiner meinem mich mir wir yo me mi mis he nos nosotros nosotras hemos nuestro nuestra je j' j'ai mon ma mes me nous notre nos eu nós meu minha me nosso nossa unser unsere unserer unserem uns");

    /// <summary>Verbs of languages that leave the subject out.</summary>
    private static readonly FrozenSet<string> FirstVerbs =
        Set("""
            vivo acabo dejé dejamos cambié conseguí encontré cumplí divorcié casé vine tengo trabajo resido radico soy estoy llevo empecé empezamos volví vivimos estamos fuimos
            acabei consegui encontrei fiz completei divorciei casei vim tenho deixamos mudei-me mudamos fui estou moro mudei trabalho deixei troquei instalei larguei sou comecei passei saí voltei moramos fomos vivemos
            """);

    private static readonly FrozenSet<string> Copulas = Set("is are ist sind es son est sont é são heißt está fica liegt befindet");

    private static readonly FrozenSet<string> Favourites =
        Set("favourite favorite favorito favorita preferido preferida préféré préférée");

    /// <summary>The slot of a clause in the first person; null when it holds none.</summary>
    public static string? Of(List<Token> tokens)
    {
        var (words, cuts) = Read(tokens);
        var lower = Lower(words);
        if (lower.Length is 0 or > 40) return null;
        return (Kinship.IsSubject(lower) ? null : Of(words, lower) ?? (AfterDenial(words, lower) is { } rest ? HomeInstead(rest) : null)) ?? OfLater(words, lower, cuts);
    }

    /// <summary>The words, and where a comma or its like stands before one.</summary>
    private static (string[] Words, HashSet<int> Cuts) Read(List<Token> tokens)
    {
        var words = new List<string>();
        var cuts = new HashSet<int>();
        foreach (var token in tokens)
        {
            var text = token.Text;
            if (!token.IsWord) cuts.Add(words.Count);
            // "J'habite": the subject is a word of its own.
            else if (text.Length > 2 && text[1] == '\'' && text[0] is 'j' or 'J' or 'm' or 'M' or 'n' or 'd') words.AddRange([text[..2], text[2..]]);
            else words.Add(text);
        }

        return ([.. words], cuts);
    }

    private static string? Of(string[] words, string[] lower) =>
        Favourite(lower) ?? Name(lower) ?? Age(lower) ?? (IsUnreal(words) ? null : Home(words, lower) ?? (Occupation.IsToldIn(words, lower) ? "job" : null) ?? Relationship(lower));

    /// <summary>
    /// Of what a sentence says in the end, where it is not one statement as a whole: "I used to live in Berlin, but now I live in Rome", "I'm not a nurse any
    /// more, I work as a teacher", "my husband got a job in Rome, so we moved there".
    /// </summary>
    private static string? OfLater(string[] words, string[] lower, HashSet<int> cuts)
    {
        // "… is in Rome, not in Berlin"
        if (Array.FindLastIndex(lower, Negations.Contains) is > 2 and var denial && cuts.Contains(denial) && Of(words[..denial], lower[..denial]) is { } stated) return stated;
        for (var i = lower.Length - 2; i > 1; i--)
        {
            if (!Restarts.Contains(lower[i]) && !Now.Contains(lower[i]) || !cuts.Contains(i) && !Links.Contains(lower[i - 1]) || Array.Exists(lower[..i], Conditions.Contains)) continue;
            var rest = words[i..];
            if (Array.Exists(rest, word => There.Contains(word)) && Place(words[..i]) is { } place) rest = [.. rest, "in", place];
            if (Of(rest, Lower(rest)) is { } slot) return slot;
        }

        return null;
    }

    /// <summary>The place that is named first.</summary>
    private static string? Place(string[] words)
    {
        for (var i = 0; i < words.Length - 1; i++)
            if (PlaceMarks.Contains(words[i].ToLowerInvariant()) && IsProper(words, i + 1)) return words[i + 1];
        return null;
    }

    private static string[] Lower(string[] words) => Array.ConvertAll(words, word => word.ToLowerInvariant());

    /// <summary>Wished, planned, denied or past. Inside a sentence "May" is the month, "Will" a name and "se" no condition.</summary>
    private static bool IsUnreal(string[] words) =>
        words.Index().Any(word => Unreal.Contains(word.Item.ToLowerInvariant()) && !(word.Index > 0 && word.Item is "May" or "Will" or "se"));

    /// <summary>
    /// "My name is Alice and I'm 34" holds two exclusive facts, "I live in Rome and love espresso" one that may change and one that belongs on the card: each
    /// becomes a clause of its own.
    /// </summary>
    public static IEnumerable<List<Token>> Split(List<Token> clause, Voice voice, string? language)
    {
        for (var i = 2; i < clause.Count - 1; i++)
        {
            var isComma = clause[i].Text == ",";
            if (!isComma && !Joints.Contains(clause[i].Lower)) continue;
            var from = isComma && Joints.Contains(clause[i + 1].Lower) ? i + 2 : i + 1;
            if (from >= clause.Count || Restarted(clause, from, voice, language) is not { } right) continue;
            var left = clause[..i];
            var (one, other) = (Of(left), Of(right.Clause));
            if (one is null || other is null)
            {
                // A trait is for the card: no other clause may come along.
                var isSingle = one is not null || other is not null || Card.Of(left, null) is not null || Card.Of(right.Clause, null) is not null;
                // "I no longer live in Berlin, I live in Rome" is one change.
                var isDenial = one is null && other is not null && left.Exists(token => Negations.Contains(token.Lower));
                if (!isSingle || isDenial || !right.IsSure || !StandsAlone(one is null ? left : right.Clause)) continue;
            }
            else if (one == other)
            {
                continue;
            }

            return [left, .. Split(right.Clause, voice, language)];
        }

        return [clause];
    }

    private static readonly FrozenSet<string> Joints = Set("and und y et e");

    /// <summary>Subjects in the nominative; of languages that leave them out, what their verbs begin with.</summary>
    private static readonly FrozenSet<string> Nominatives = Set("i i'm i've i'd i'll we we're we've we'll ich wir je nous yo nosotros eu nós");

    /// <summary>What follows a conjunction as a clause with a subject, and whether it surely is one; null where it goes on otherwise.</summary>
    private static (List<Token> Clause, bool IsSure)? Restarted(List<Token> clause, int from, Voice voice, string? language)
    {
        var right = clause[from..];
        right[0] = right[0] with { Spaced = false };
        var first = right[0].Lower;
        if (!right[0].IsWord) return null;
        if (Nominatives.Contains(first) || first.StartsWith("j'", StringComparison.Ordinal)) return (right, true);
        if (voice.LeavesOutSubjects) return (right, first is "me" or "nos" || voice.Retell(right, new Cast("?", null)) is { NamesSpeaker: true, Tokens: [{ Text: "?" }, ..] });
        if (First.Contains(first)) return (right, right.Skip(2).Take(3).Any(token => Copulas.Contains(token.Lower)));
        if (language is not ("en" or "de" or "fr")) return (right, false);
        var subject = language switch { "en" => clause[0].Lower is "we" or "we're" or "we've" ? "we" : "I", "de" => "ich", _ => "je" };
        right[0] = right[0] with { Text = first, Spaced = true };
        return ([new Token(subject, false), .. right], language == "en" && (EnglishVerbs.IsCommon(first) || EnglishVerbs.IsPast(first)));
    }

    /// <summary>Two words with content at least, or it says nothing without the other.</summary>
    private static bool StandsAlone(List<Token> clause) => Words.Content(Token.Join(clause)).Count > 1;

    /// <summary>What holds instead of what is denied: "not in Berlin any more but in Rome", "I don't live in Berlin, I moved to Rome"; null when nothing does.</summary>
    private static string[]? AfterDenial(string[] words, string[] lower)
    {
        var denial = Array.FindIndex(lower, Negations.Contains);
        if (denial < 0) return null;
        var verb = Array.FindIndex(lower, HomeVerbs.Contains);
        for (var i = denial + 2; i < lower.Length - 1; i++)
        {
            // "My flat is not in Berlin but in Rome"
            if (verb < 0 && Contrasts.Contains(lower[i]) && PlaceMarks.Contains(lower[i + 1]) && IsProper(words, i + 2) && Array.FindIndex(lower, HomeNouns.Contains) is > 0 and var noun && noun < denial && First.Contains(lower[noun - 1]))
                return ["my", "home", "is", words[i + 2]];
            var rest = Restarts.Contains(lower[i]) ? words[i..]
                : Contrasts.Contains(lower[i]) && PlaceMarks.Contains(lower[i + 1]) && verb >= 0 && verb < i ? [.. words[..verb].Where(word => Restarts.Contains(word.ToLowerInvariant())), words[verb], .. words[(i + 1)..]]
                : null;
            if (rest is not null) return IsUnreal(rest) ? null : rest;
        }

        return null;
    }

    /// <summary>Beside the place that is denied, being at another one is living there: "I'm no longer in Berlin, I'm in Rome now".</summary>
    private static string? HomeInstead(string[] words)
    {
        var lower = Lower(words);
        return Home(words, lower) ?? (lower.Length <= 6 && Array.Exists(lower, Being.Contains) && Place(words) is not null ? "home" : null);
    }

    private static string? Home(string[] words, string[] lower)
    {
        var mine = Speaks(lower);
        // The last one: "I no longer live in Berlin, I live in Rome".
        var verb = Array.FindLastIndex(lower, HomeVerbs.Contains);
        // "I've lived in Rome since May"
        if (verb < 0 && Array.Exists(lower, word => word is "since") && Array.FindIndex(lower, word => word == "lived") is > 0 and var lived && lower[lived - 1] is "i've" or "we've" or "have" or "now") verb = lived;
        if (verb < 0 && Array.Exists(lower, Over.Contains)) verb = Array.FindLastIndex(lower, Moves.Contains);
        if (verb < 0 && Array.Exists(lower, word => word is "bin" or "sind")) verb = Array.FindIndex(lower, word => word is "zuhause" or "daheim" || word == "hause" && lower.Contains("zu"));
        if (verb >= 0 && mine && !(verb > 0 && lower[verb - 1] is "no" or "não" or "ne" or "n'") && (lower[verb] != "move" || verb > 0 && lower[verb - 1] == "the") && !Occupation.IsChanged(lower))
        {
            // "Rome is where I live now"
            if (IsProper(words, 0) && !Words.IsStop(lower[0]) && verb > 1 && Copulas.Contains(lower[1])) return "home";
            if (lower[verb] is "habite" or "habitons" && IsProper(words, verb + 1)) return "home";
            for (var i = 0; i < lower.Length - 1; i++)
                if ((PlaceMarks.Contains(lower[i]) || lower[i] == "of" && (i == verb + 1 || i == verb + 2 && lower[verb] == "based")) && IsProper(words, i + 1)) return "home";
        }

        if (HomeNoun(words, lower, mine)) return "home";
        if (Array.FindIndex(lower, Trades.Contains) is >= 0 and var trade && !Occupation.IsNamedIn(lower))
        {
            // "I traded my flat in Berlin for one in Rome"
            if (Array.FindIndex(lower, trade, TradeFor.Contains) is > 0 and var against && Array.Exists(lower[trade..against], HomeNouns.Contains) && Place(words[against..]) is not null) return "home";
            for (var i = 1; i < lower.Length - 1; i++)
            {
                if (!IsProper(words, i + 1)) continue;
                if (TradeFor.Contains(lower[i]) && IsProper(words, i - 1)) return "home";
                // "I left Berlin and started over in Rome"
                if (i > trade + 1 && PlaceMarks.Contains(lower[i]) && IsProper(words, trade + 1) && !Array.Exists(lower[trade..], Travels.Contains)) return "home";
            }
        }

        return null;
    }

    /// <summary>"Rome has been my home since May", "my new home is Rome", "I call Rome home", "our new apartment in Rome".</summary>
    private static bool HomeNoun(string[] words, string[] lower, bool mine)
    {
        var noun = Array.FindIndex(lower, HomeNouns.Contains);
        if (noun < 0) noun = Array.FindIndex(lower, Dwellings.Contains) is > 0 and var dwelling && (IsNew(lower[dwelling - 1]) || First.Contains(lower[dwelling - 1]) && Cities.Contains(lower[dwelling])) ? dwelling : -1;
        if (noun < 0) return false;
        // "Home is Rome" is whoever's it is that says so.
        if (!mine) return lower[noun] == "home" && noun + 2 < lower.Length && lower[noun + 1] == "is" && IsProper(words, noun + 2);
        var owned = noun > 0 && (First.Contains(lower[noun - 1]) || IsNew(lower[noun - 1]));
        if (IsProper(words, 0) && !Words.IsStop(lower[0]) && owned && noun <= 9 && Array.Exists(lower[..noun], word => Copulas.Contains(word) || Becoming.Contains(word)))
            return noun + 1 >= lower.Length || !Cities.Contains(lower[noun + 1]);
        if (owned)
        {
            var said = noun + 1;
            while (said < lower.Length && (Now.Contains(lower[said]) || lower[said] is "actual" or "actuel" or "actuelle" or "atual")) said++;
            if (said < lower.Length && Copulas.Contains(lower[said]))
            {
                do said++;
                while (said < lower.Length && (Now.Contains(lower[said]) || PlaceMarks.Contains(lower[said])));
                if (IsProper(words, said)) return true;
            }
        }

        if (noun > 1 && (IsProper(words, noun - 1) || noun > 2 && IsProper(words, noun - 2)) && Array.Exists(lower[..noun], word => word is "call" or "made")) return true;
        return noun + 2 < lower.Length && PlaceMarks.Contains(lower[noun + 1]) && IsProper(words, noun + 2) && Array.Exists(lower, word => IsNew(word) || word is "keys" or "signed" or "lease" or "took" or "taken");
    }

    public static bool IsFirst(string word) => First.Contains(word);

    public static bool IsCopula(string word) => Copulas.Contains(word);

    public static bool IsNew(string word) =>
        word is "new" or "neue" or "neues" or "neuen" or "neuer" or "nueva" or "nuevo" or "nouveau" or "nouvel" or "nouvelle" or "nova" or "novo" or "current";

    private static string? Relationship(string[] lower)
    {
        var status = Array.FindIndex(lower, Statuses.Contains);
        if (status > 0 && status <= 5)
        {
            for (var i = 0; i < status; i++)
                if (lower[i] is "i'm" or "am" or "got" or "bin" or "soy" or "estoy" or "suis" or "sou" or "estou" or "been" or "became" or "habe" or "he") return "relationship";
            if (lower[status] == "married" && lower[status - 1] is "i" or "we") return "relationship";
        }

        return lower.Length <= 10 && (IsParting(lower) || Array.Exists(lower, Weddings.Contains) && Speaks(lower)) ? "relationship" : null;
    }

    /// <summary>"My girlfriend and I split up", "wir haben uns getrennt", "nos separamos".</summary>
    private static bool IsParting(string[] lower) =>
        Array.FindIndex(lower, word => word is "broke" or "split" or "broken") is >= 0 and var parting && parting + 1 < lower.Length && lower[parting + 1] == "up" && (parting + 2 == lower.Length || lower[parting + 2] is not ("the" or "a" or "an" or "my" or "our" or "this" or "these" or "into")) && Array.Exists(lower[..parting], First.Contains)
        || Array.FindIndex(lower, word => word is "getrennt" or "separamos" or "separado" or "separados" or "séparé" or "séparés" or "séparée" or "séparées") is > 0 and var parted && Array.Exists(lower[..parted], word => word is "uns" or "mich" or "nos" or "nous")
        || Array.Exists(lower, word => word is "rompí" or "rompimos");

    private static string? Age(string[] lower)
    {
        for (var i = 0; i < lower.Length - 1; i++)
        {
            var number = i + 1;
            if (lower[number] is "just" or "now" or "jetzt" or "already") number++;
            if (number >= lower.Length || lower[number].Length is 0 or > 3 || !lower[number].All(char.IsAsciiDigit)) continue;
            var next = number + 1 < lower.Length ? lower[number + 1] : "";
            var opens = lower[i] is "i'm" || lower[i] is "am" && i > 0 && lower[i - 1] == "i" || lower[i] == "bin" || lower[i] is "turned" or "turning" && i > 0;
            if (next == "geworden" || (lower[i] is "cumplir" or "avoir" or "fazer" or "completar" || lower[i] == "eu" && i > 0 && lower[i - 1] == "ai") && next is "años" or "ans" or "anos") return "age";
            if (opens && next is "" or "years" or "now" or "and" or "jahre" or "today" or "jetzt" or "last" or "on" or "yesterday" or "in") return "age";
            if (lower[i] is "tengo" or "cumplí" or "ai" or "tenho" or "fiz" or "completei" && next is "años" or "ans" or "anos" or "") return "age";
        }

        return null;
    }

    private static string? Name(string[] lower)
    {
        for (var i = 0; i + 2 < lower.Length; i++)
        {
            if (lower[i] is "my" or "mein" or "mi" or "meu" or "mon" && lower[i + 1] is "name" or "nombre" or "nome" or "nom" && Copulas.Contains(lower[i + 2]) || lower[i] is "my" && lower[i + 1] is "name's") return "name";
        }

        for (var i = 0; i + 1 < lower.Length; i++)
        {
            if (lower[i] == "ich" && lower[i + 1] == "heiße" || lower[i] == "me" && lower[i + 1] is "llamo" or "chamo" || lower[i] == "m'" && lower[i + 1] == "appelle") return "name";
        }

        return null;
    }

    private static string? Favourite(string[] lower)
    {
        var compound = Array.FindIndex(lower, word => word.StartsWith("lieblings", StringComparison.Ordinal) && word.Length > 9);
        if (compound > 0 && lower[compound - 1] is "mein" or "meine" && compound + 1 < lower.Length && lower[compound + 1] is "ist" or "sind") return "favourite:" + lower[compound][9..];
        var at = Array.FindIndex(lower, Favourites.Contains);
        if (at < 0 || at > 0 && lower[at - 1] is "of" or "another" || lower.AsSpan().IndexOf("one") >= 0 && lower.AsSpan().IndexOf("of") >= 0) return null;
        if (lower[at] is "favourite" or "favorite")
        {
            // "my favourite colour is …" and "… is my favourite colour".
            if (at == 0 || lower[at - 1] is not ("my" or "new" or "all-time")) return null;
            var end = at + 1;
            while (end < lower.Length && end < at + 4 && !Copulas.Contains(lower[end]) && !IsEdge(lower[end])) end++;
            // "… used to be pizza, but now it's ramen", "blue isn't … any more, it's green"
            var isReplaced = end < lower.Length && Array.Exists(lower[end..], word => word is "it's" or "its");
            var isSaid = end < lower.Length && (Copulas.Contains(lower[end]) || lower[end] == "used" && isReplaced)
                || at > 2 && (end == lower.Length || IsEdge(lower[end])) && (Copulas.Contains(lower[at - 2]) || isReplaced && lower[at - 2] is "isn't" or "not");
            if (!isSaid || end == at + 1) return null;
            return "favourite:" + Words.Stem(lower[end - 1] == "color" ? "colour" : lower[end - 1]);
        }

        return at > 1 && lower[at - 2] is "mi" or "mon" or "ma" or "meu" or "minha" && Array.Exists(lower, Copulas.Contains) ? "favourite:" + lower[at - 1] : null;
    }

    private static bool IsEdge(string word) => word is "of" or "to" or "in" or "at" or "for" or "ever" or "because" or "so" or "and" or "but" or "when" or "by" or "now" or "right" or "any" or "anymore" or "used" or "lately" or "today" or "these" or "this" or "again";

    /// <summary>Whether the first person is in it: as a word, or in the ending of a verb.</summary>
    public static bool Speaks(string[] lower) =>
        Array.Exists(lower, word => First.Contains(word) || FirstVerbs.Contains(word))
        || lower is ["on", "a" or "s'est" or "habite" or "vit" or "va", ..] || lower.AsSpan().IndexOf("gente") is > 0 and var gente && lower[gente - 1] == "a";

    public static bool IsProper(string[] words, int i) =>
        i >= 0 && i < words.Length && words[i].Length > 1 && char.IsUpper(words[i][0]) && words[i] is not ("I'm" or "I've" or "I'd" or "I'll") && !Calendar.Contains(words[i]);

    public static readonly FrozenSet<string> Calendar =
        Set("January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Januar Februar März Mai Juni Juli Oktober Dezember");

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
