using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Recognises facts of which a person has one at a time, by their words rather than by whole phrases.</summary>
internal static class Slots
{
    // Present or perfective forms only: "lived in Berlin" says nothing about now.
    private static readonly FrozenSet<string> HomeVerbs =
        Set("""
            live living moved relocated settled resettled reside residing resident based emigrated move immigrated
            wohne lebe gezogen umgezogen verzogen zog wohnhaft übersiedelt ausgewandert niedergelassen lebt wohnt
            vivo vivir mudé mudado mudada mudamos resido instalé instalado instalada trasladé trasladado trasladada radico vivimos viviendo establecí
            habite vis vivre déménagé installé installée installer emménagé réside habitons vivons établi établie établis
            moro morar viver mudei mudei-me mudámos resido instalei mudado vivo transferi morando moramos vivendo vivemos estabeleci
            """);

    // Said of a move that is over only after a word that says so: "I ended up moving", "acabo de mudarme".
    private static readonly FrozenSet<string> Moves = Set("moving relocating mudarme mudarnos trasladarme instalarme déménager emménager mudar mudar-me");

    private static readonly FrozenSet<string> Over = Set("up finished done acabo acabamos acabei terminé viens venons");

    private static readonly FrozenSet<string> Cities = Set("city town stadt ciudad ville cidade");

    private static readonly FrozenSet<string> Negations = Set("not don't dont no longer never nicht kein ne n' pas não nunca jamais");

    private static readonly FrozenSet<string> Contrasts = Set("but sondern sino mais mas");

    private static readonly FrozenSet<string> Restarts = Set("i i'm i've we we're we've ich wir je j' nous yo eu");

    private static readonly FrozenSet<string> HomeNouns =
        Set("""
            home apartment flat address residence hauptwohnsitz zuhause wohnung wohnort wohnsitz adresse heimat
            casa hogar piso apartamento departamento domicilio dirección domicile maison appartement chez-moi adresse lar endereço apê residência
            """);

    private static readonly FrozenSet<string> Trades =
        Set("left traded swapped exchanged quit switched tauschte getauscht eingetauscht verlassen verließ dejé cambié quitté troqué échangé laissé deixei troquei trocar larguei");

    private static readonly FrozenSet<string> TradeFor = Set("for gegen für por pour contre");

    private static readonly FrozenSet<string> PlaceMarks = Set("to in at near nach bei en a à au aux em para no na into around");

    private static readonly FrozenSet<string> JobVerbs =
        Set("work working employed hired joined arbeite arbeiten angestellt eingestellt trabajo empleado empleada contrataron contratado contratada travaille embauché embauchée engagé trabalho contrataram trabalhando trabajando");

    private static readonly FrozenSet<string> JobNouns =
        Set("job position employer career profession promoted stelle beruf arbeitgeber empleo puesto empleador emploi poste employeur métier emprego cargo empregador profissão");

    private static readonly FrozenSet<string> JobMarks = Set("as at for als bei como en para chez comme pour na no em com");

    private static readonly FrozenSet<string> Professions =
        Set("""
            nurse teacher doctor lawyer chef cook pilot farmer baker plumber carpenter mechanic journalist dentist architect accountant musician programmer
            lehrer lehrerin arzt ärztin ingenieur ingenieurin koch köchin krankenschwester anwalt anwältin
            profesor profesora médico médica enfermero enfermera ingeniero ingeniera abogado abogada cocinero cocinera
            professeur médecin infirmier infirmière ingénieur avocat avocate cuisinier cuisinière
            professor professora enfermeiro enfermeira engenheiro engenheira advogado advogada cozinheiro cozinheira
            engineer developer designer manager scientist researcher consultant electrician analyst librarian therapist counselor counsellor firefighter waiter waitress
            """);

    private static readonly FrozenSet<string> Statuses =
        Set("""
            single married engaged divorced widowed separated ledig verheiratet verlobt geschieden verwitwet soltero soltera casado casada divorciado divorciada prometido prometida
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
        Set("i i'm i've i'd my me im ive we we've we're our ich mein meine meinen meiner meinem mich mir wir yo me mi mis he nos nosotros nosotras hemos nuestro nuestra je j' j'ai mon ma mes me nous notre nos eu nós meu minha me nosso nossa unser unsere unserer unserem");

    private static readonly FrozenSet<string> Copulas = Set("is are ist sind es son est sont é são heißt está fica liegt befindet");

    private static readonly FrozenSet<string> Favourites =
        Set("favourite favorite favorito favorita preferido preferida préféré préférée");

    /// <summary>The slot of a clause in the first person; null when it holds none.</summary>
    public static string? Of(List<Token> tokens)
    {
        // "J'habite": the subject is a word of its own.
        var words = tokens.Where(token => token.IsWord)
            .SelectMany(token => token.Text.Length > 2 && token.Text[1] == '\'' && token.Text[0] is 'j' or 'J' or 'm' or 'M' or 'n' ? [token.Text[..2], token.Text[2..]] : new[] { token.Text })
            .ToArray();
        var lower = Array.ConvertAll(words, word => word.ToLowerInvariant());
        if (lower.Length is 0 or > 40 || Kinship.IsSubject(lower)) return null;
        return Favourite(lower) ?? Name(lower) ?? Age(lower)
            ?? (IsUnreal(words) ? null : Home(words, lower) ?? Job(lower) ?? Relationship(lower))
            ?? (AfterDenial(words, lower) is { } rest ? Home(rest, Array.ConvertAll(rest, word => word.ToLowerInvariant())) : null);
    }

    /// <summary>Wished, planned, denied or past. Inside a sentence "May" is the month and "Will" a name.</summary>
    private static bool IsUnreal(string[] words) =>
        words.Index().Any(word => Unreal.Contains(word.Item.ToLowerInvariant()) && !(word.Index > 0 && word.Item is "May" or "Will"));

    /// <summary>"My name is Alice and I'm 34" holds two exclusive facts: each becomes a clause of its own.</summary>
    public static IEnumerable<List<Token>> Split(List<Token> clause, string? language)
    {
        for (var i = 2; i < clause.Count - 1; i++)
        {
            if (clause[i].Lower is not ("and" or "und" or "y" or "et" or "e")) continue;
            var left = clause[..i];
            var right = clause[(i + 1)..];
            if (!First.Contains(right[0].Lower) && language is "en" or "de" or "fr")
                right.Insert(0, new Token(language switch { "en" => "I", "de" => "ich", _ => "je" }, false));
            if (Of(left) is not { } one || Of(right) is not { } other || one == other) continue;
            right[0] = right[0] with { Spaced = false };
            return [left, right];
        }

        return [clause];
    }

    /// <summary>What holds instead of what is denied: "not in Berlin any more but in Rome", "I don't live in Berlin, I moved to Rome"; null when nothing does.</summary>
    private static string[]? AfterDenial(string[] words, string[] lower)
    {
        var denial = Array.FindIndex(lower, Negations.Contains);
        if (denial < 0) return null;
        var verb = Array.FindIndex(lower, HomeVerbs.Contains);
        for (var i = denial + 2; i < lower.Length - 1; i++)
        {
            var rest = Restarts.Contains(lower[i]) ? words[i..]
                : Contrasts.Contains(lower[i]) && PlaceMarks.Contains(lower[i + 1]) && verb >= 0 && verb < i ? [.. words[..verb].Where(word => Restarts.Contains(word.ToLowerInvariant())), words[verb], .. words[(i + 1)..]]
                : null;
            if (rest is not null) return IsUnreal(rest) ? null : rest;
        }

        return null;
    }

    private static string? Home(string[] words, string[] lower)
    {
        var mine = Array.Exists(lower, First.Contains) || IsProDrop(lower);
        // The last one: "I no longer live in Berlin, I live in Rome".
        var verb = Array.FindLastIndex(lower, HomeVerbs.Contains);
        if (verb < 0 && Array.Exists(lower, Over.Contains)) verb = Array.FindLastIndex(lower, Moves.Contains);
        if (verb < 0 && Array.Exists(lower, word => word is "bin" or "sind")) verb = Array.FindIndex(lower, word => word == "zuhause" || word == "hause" && lower.Contains("zu"));
        if (verb >= 0 && mine && !(verb > 0 && lower[verb - 1] is "no" or "não" or "ne" or "n'") && (lower[verb] != "move" || verb > 0 && lower[verb - 1] == "the"))
        {
            // "Rome is where I live now"
            if (IsProper(words, 0) && !Words.IsStop(lower[0]) && verb > 1 && Copulas.Contains(lower[1])) return "home";
            if (lower[verb] == "habite" && IsProper(words, verb + 1)) return "home";
            for (var i = 0; i < lower.Length - 1; i++)
                if ((PlaceMarks.Contains(lower[i]) || lower[i] == "of" && i == verb + 1) && IsProper(words, i + 1)) return "home";
        }

        if (mine && HomeNoun(words, lower)) return "home";
        if (Array.FindIndex(lower, Trades.Contains) is >= 0 and var trade && !Array.Exists(lower, JobNouns.Contains))
        {
            for (var i = 1; i < lower.Length - 1; i++)
            {
                if (!IsProper(words, i + 1)) continue;
                if (TradeFor.Contains(lower[i]) && IsProper(words, i - 1)) return "home";
                // "I left Berlin and started over in Rome"
                if (i > trade + 1 && PlaceMarks.Contains(lower[i]) && IsProper(words, trade + 1)) return "home";
            }
        }

        return null;
    }

    /// <summary>"Rome is my home now", "my new home is Rome", "I call Rome home", "our new apartment in Rome".</summary>
    private static bool HomeNoun(string[] words, string[] lower)
    {
        var noun = Array.FindIndex(lower, HomeNouns.Contains);
        if (noun < 0) noun = Array.FindIndex(lower, Cities.Contains) is > 0 and var city && IsNew(lower[city - 1]) ? city : -1;
        if (noun < 0) return false;
        if (IsProper(words, 0) && !Words.IsStop(lower[0]) && lower.Length > 1 && Copulas.Contains(lower[1]) && noun is > 1 and <= 5) return true;
        if (noun + 2 < lower.Length && noun > 0 && (First.Contains(lower[noun - 1]) || IsNew(lower[noun - 1])) && Copulas.Contains(lower[noun + 1]))
            return IsProper(words, noun + 2) || noun + 3 < lower.Length && IsProper(words, noun + 3);
        if (noun > 1 && (IsProper(words, noun - 1) || noun > 2 && IsProper(words, noun - 2)) && Array.Exists(lower[..noun], word => word is "call" or "made")) return true;
        return noun + 2 < lower.Length && PlaceMarks.Contains(lower[noun + 1]) && IsProper(words, noun + 2) && Array.Exists(lower, word => IsNew(word) || word is "keys" or "signed" or "lease");
    }

    private static bool IsNew(string word) =>
        word is "new" or "neue" or "neues" or "neuen" or "neuer" or "nueva" or "nuevo" or "nouveau" or "nouvel" or "nouvelle" or "nova" or "novo" or "current";

    private static string? Job(string[] lower)
    {
        if (!Array.Exists(lower, First.Contains) && !IsProDrop(lower)) return null;
        var verb = Array.FindIndex(lower, JobVerbs.Contains);
        var isOwn = verb >= 0 && (lower[verb] is not ("work" or "working" or "trabajo" or "trabalho" or "joined" or "employed" or "hired")
            || verb == 0 && lower[verb] != "working" || verb > 0 && (First.Contains(lower[verb - 1]) || EnglishVerbs.IsAdverb(lower[verb - 1]) || lower[verb - 1] is "am" or "been" or "started" or "got" or "was" or "ahora" or "agora" or "y" or "e" or "já" or "ya"));
        if (isOwn && lower[verb] != "joined" && verb + 2 < lower.Length && JobMarks.Contains(lower[verb + 1])
            && lower[verb + 2] is not ("my" or "it" or "this" or "them" or "me" or "that" or "home" or "him" or "her" or "you" or "our" or "mi" or "mon" or "meu" or "todo" or "tout" or "casa")) return "job";
        if (isOwn && Array.FindLastIndex(lower, word => word is "als" or "bei" or "as") is var mark && mark > verb && (lower[mark] != "as" || mark <= verb + 3)) return "job";
        if (lower.AsSpan().IndexOf("promoted") is >= 0 and var promoted && promoted + 1 < lower.Length && lower[promoted + 1] == "to") return "job";
        var noun = Array.FindIndex(lower, JobNouns.Contains);
        if (noun > 0 && (IsNew(lower[noun - 1]) || First.Contains(lower[noun - 1]) || lower[noun - 1] is "a" or "un" or "um" or "eine")
            && noun + 1 < lower.Length && (lower[noun + 1] is "as" or "at" or "als" or "bei" or "como" or "en" or "chez" or "comme" or "na" or "no" or "with" || Copulas.Contains(lower[noun + 1]))
            && (Copulas.Contains(lower[noun + 1]) || IsNew(lower[noun - 1]) || Array.Exists(lower[..noun], word => word is "got" or "started" or "landed" or "accepted" or "took" or "habe" or "conseguí" or "trouvé" or "consegui"))) return "job";
        var profession = Array.FindIndex(lower, Professions.Contains);
        return profession >= 0 && profession <= 5 && lower[0] is "i'm" or "i" or "ich" or "soy" or "yo" or "je" or "j'" or "sou" or "eu"
            && (lower[0] is "i'm" or "soy" or "sou" || lower.Length > 1 && lower[1] is "am" or "bin" or "soy" or "suis" or "sou" or "became") ? "job" : null;
    }

    private static string? Relationship(string[] lower)
    {
        var status = Array.FindIndex(lower, Statuses.Contains);
        if (status > 0 && status <= 5)
        {
            for (var i = 0; i < status; i++)
                if (lower[i] is "i'm" or "am" or "got" or "bin" or "soy" or "estoy" or "suis" or "sou" or "estou" or "been" or "became" or "habe" or "he") return "relationship";
        }

        if (lower.Length <= 10 && lower[0] is "i" or "we" or "i've" or "we've" && lower.AsSpan().IndexOf("broke") is >= 0 and var broke && broke + 1 < lower.Length && lower[broke + 1] == "up") return "relationship";
        return null;
    }

    private static string? Age(string[] lower)
    {
        for (var i = 0; i < lower.Length - 1; i++)
        {
            var number = i + 1;
            if (lower[number] is "just" or "now" or "jetzt" or "already") number++;
            if (number >= lower.Length || lower[number].Length is 0 or > 3 || !lower[number].All(char.IsAsciiDigit)) continue;
            var next = number + 1 < lower.Length ? lower[number + 1] : "";
            var opens = lower[i] is "i'm" || lower[i] is "am" && i > 0 && lower[i - 1] == "i" || lower[i] == "bin" || lower[i] is "turned" or "turning" && i > 0;
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
            var isSaid = end < lower.Length && Copulas.Contains(lower[end]) || at > 2 && (end == lower.Length || IsEdge(lower[end])) && Copulas.Contains(lower[at - 2]);
            if (!isSaid || end == at + 1) return null;
            return "favourite:" + Words.Stem(lower[end - 1] == "color" ? "colour" : lower[end - 1]);
        }

        return at > 1 && lower[at - 2] is "mi" or "mon" or "ma" or "meu" or "minha" && Array.Exists(lower, Copulas.Contains) ? "favourite:" + lower[at - 1] : null;
    }

    private static bool IsEdge(string word) => word is "of" or "to" or "in" or "at" or "for" or "ever" or "because" or "so" or "and" or "but" or "when" or "by" or "now" or "right" or "lately" or "today" or "these" or "this" or "again";

    private static bool IsProDrop(string[] lower) =>
        Array.Exists(lower, word => word is "vivo" or "acabo" or "acabei" or "mudei-me" or "mudamos" or "fui" or "estou" or "estoy" or "trabajo" or "resido" or "dejé" or "cambié" or "moro" or "mudei" or "trabalho" or "deixei" or "troquei" or "instalei" or "larguei" or "radico" or "soy" or "sou");

    private static bool IsProper(string[] words, int i) =>
        i >= 0 && i < words.Length && words[i].Length > 1 && char.IsUpper(words[i][0]) && words[i] is not ("I'm" or "I've" or "I'd" or "I'll") && !Calendar.Contains(words[i]);

    public static readonly FrozenSet<string> Calendar =
        Set("January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Januar Februar März Mai Juni Juli Oktober Dezember");

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
