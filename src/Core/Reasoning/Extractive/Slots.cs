using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Recognises facts of which a person has one at a time, by their words rather than by whole phrases.</summary>
internal static class Slots
{
    // Present or perfective forms only: "lived in Berlin" says nothing about now.
    private static readonly FrozenSet<string> HomeVerbs =
        Set("""
            live living moved relocated settled resettled reside residing based moving relocate settling emigrated immigrated
            wohne lebe gezogen umgezogen verzogen zog wohnhaft übersiedelt ausgewandert niedergelassen lebt wohnt
            vivo mudé mudado resido instalé instalado trasladé trasladado radico vivimos viviendo
            habite vis déménagé installé installée emménagé réside habitons vivons
            moro mudei resido instalei mudado vivo transferi morando vivendo estabeleci
            """);

    private static readonly FrozenSet<string> HomeNouns =
        Set("""
            home house apartment flat place address hometown hauptwohnsitz zuhause wohnung wohnort wohnsitz adresse heimat
            casa hogar piso apartamento departamento domicilio dirección domicile maison appartement chez-moi adresse lar endereço apê residência
            """);

    private static readonly FrozenSet<string> Trades =
        Set("left traded swapped exchanged quit switched tauschte getauscht eingetauscht verlassen verließ dejé cambié quitté troqué échangé laissé deixei troquei trocar larguei");

    private static readonly FrozenSet<string> TradeFor = Set("for gegen für por pour contre");

    private static readonly FrozenSet<string> PlaceMarks = Set("to in at near nach bei en a à au aux em para no na into around");

    private static readonly FrozenSet<string> JobVerbs =
        Set("work working employed hired joined arbeite angestellt eingestellt trabajo empleado empleada contrataron contratado contratada travaille embauché embauchée engagé trabalho contrataram trabalhando trabajando");

    private static readonly FrozenSet<string> JobNouns =
        Set("job position employer career profession promoted stelle beruf arbeitgeber empleo puesto empleador emploi poste employeur métier emprego cargo empregador profissão");

    private static readonly FrozenSet<string> JobMarks = Set("as at for with als bei como en para chez comme pour na no em com");

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
            want wants wanted would wish hope hoping might may could if maybe plan planning consider considering thinking will gonna used never not don't didn't no-longer ago-not dream dreaming almost nearly
            möchte würde will werde wollte vielleicht nicht nie kein früher falls wenn überlege plane
            quiero quisiera querría ojalá tal-vez quizá quizás si nunca antes voy iría pienso planeo
            veux voudrais aimerais peut-être si jamais avant vais irai pense
            quero queria gostaria talvez se nunca antes vou irei penso pretendo
            """);

    private static readonly FrozenSet<string> First =
        Set("i i'm i've i'd my me im ive we we've we're our ich mein meine meinen meiner meinem mich mir wir yo me mi mis he je j'ai mon ma mes me nous eu meu minha me nosso");

    private static readonly FrozenSet<string> Copulas = Set("is are was ist sind es son est sont é são became now 's heißt");

    private static readonly FrozenSet<string> Favourites =
        Set("favourite favorite favorito favorita preferido preferida préféré préférée");

    /// <summary>The slot of a clause in the first person; null when it holds none.</summary>
    public static string? Of(List<Token> tokens)
    {
        var words = tokens.Where(token => token.IsWord).Select(token => token.Text).ToArray();
        var lower = Array.ConvertAll(words, word => word.ToLowerInvariant());
        if (lower.Length is 0 or > 40) return null;
        return Favourite(lower) ?? Name(lower) ?? Age(lower)
            ?? (Array.Exists(lower, Unreal.Contains) ? null : Home(words, lower) ?? Job(lower) ?? Relationship(lower));
    }

    private static string? Home(string[] words, string[] lower)
    {
        var mine = Array.Exists(lower, First.Contains) || IsProDrop(lower);
        var verb = Array.FindIndex(lower, HomeVerbs.Contains);
        if (verb >= 0 && mine && Array.Exists(lower, Trades.Contains) is false)
        {
            for (var i = 0; i < lower.Length - 1; i++)
                if (PlaceMarks.Contains(lower[i]) && IsProper(words, i + 1)) return "home";
            return null;
        }

        var noun = Array.FindIndex(lower, HomeNouns.Contains);
        if (noun >= 0 && mine)
        {
            // "Rome is home now", "my new home is Rome", "our apartment in Rome".
            var isNamed = Array.Exists(lower, Copulas.Contains) || Array.Exists(lower, word => word is "new" or "call" or "calls" or "neue" or "neues" or "nueva" or "nuevo" or "nouveau" or "nouvel" or "nouvelle" or "nova" or "novo" or "made");
            for (var i = 1; isNamed && i < words.Length; i++)
                if (IsProper(words, i)) return "home";
            if (IsProper(words, 0) && Array.Exists(lower, Copulas.Contains)) return "home";
        }

        if (Array.FindIndex(lower, Trades.Contains) is >= 0 and var trade && !Array.Exists(lower, JobNouns.Contains))
            for (var i = trade + 1; i < lower.Length - 1; i++)
                if (TradeFor.Contains(lower[i]) && IsProper(words, i + 1) && IsProper(words, i - 1)) return "home";
        return null;
    }

    private static string? Job(string[] lower)
    {
        if (!Array.Exists(lower, First.Contains) && !IsProDrop(lower)) return null;
        var verb = Array.FindIndex(lower, JobVerbs.Contains);
        if (verb >= 0 && verb + 1 < lower.Length && JobMarks.Contains(lower[verb + 1]) && lower.Length > verb + 2
            && !(lower[verb] is "working" or "work" && lower[verb + 1] is "with" or "at" or "for" && lower[verb + 2] is "a" or "my" or "it" or "this" or "them" or "me" or "that" or "home")) return "job";
        if (verb >= 0 && Array.FindLastIndex(lower, word => word is "als" or "bei" or "as") > verb) return "job";
        var noun = Array.FindIndex(lower, JobNouns.Contains);
        if (noun >= 0 && Array.Exists(lower, word => word is "new" or "started" or "start" or "is" or "got" or "neue" or "neuen" or "nuevo" or "nuevos" or "nouveau" or "nouvel" or "novo" or "ist" or "es" or "est" or "é" or "landed" or "promoted" or "accepted")
            && Array.Exists(lower, word => word is "as" or "at" or "als" or "bei" or "is" or "como" or "en" or "chez" or "comme" or "na" or "no")) return "job";
        var profession = Array.FindIndex(lower, Professions.Contains);
        return profession >= 0 && profession <= 5 && lower[0] is "i'm" or "i" or "ich" or "soy" or "yo" or "je" or "sou" or "eu"
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
            if (lower[i] is "tengo" or "cumplí" or "j'ai" or "tenho" or "fiz" or "completei" && next is "años" or "ans" or "anos" or "") return "age";
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
            if (lower[i] == "ich" && lower[i + 1] == "heiße" || lower[i] == "me" && lower[i + 1] is "llamo" or "chamo" || lower[i] == "je" && lower[i + 1] == "m'appelle") return "name";
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
            var isSaid = end < lower.Length && Copulas.Contains(lower[end]) || at > 2 && Array.Exists(lower[..at], Copulas.Contains);
            if (!isSaid || end == at + 1) return null;
            return "favourite:" + Words.Stem(lower[end - 1] == "color" ? "colour" : lower[end - 1]);
        }

        return at > 1 && lower[at - 2] is "mi" or "mon" or "ma" or "meu" or "minha" && Array.Exists(lower, Copulas.Contains) ? "favourite:" + lower[at - 1] : null;
    }

    private static bool IsEdge(string word) => word is "of" or "to" or "in" or "at" or "for" or "ever" or "because" or "so" or "and" or "but" or "when" or "by";

    private static bool IsProDrop(string[] lower) =>
        Array.Exists(lower, word => word is "vivo" or "trabajo" or "resido" or "dejé" or "cambié" or "moro" or "mudei" or "trabalho" or "deixei" or "troquei" or "instalei" or "larguei" or "radico" or "soy" or "sou");

    private static bool IsProper(string[] words, int i) =>
        i >= 0 && i < words.Length && words[i].Length > 1 && char.IsUpper(words[i][0]) && words[i] is not ("I'm" or "I've" or "I'd" or "I'll");

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
