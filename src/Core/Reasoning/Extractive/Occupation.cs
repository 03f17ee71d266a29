using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Whether a clause in the first person tells what its speaker does for a living, from now on or no longer.</summary>
internal static class Occupation
{
    private static readonly FrozenSet<string> Verbs =
        Set("work working employed hired joined arbeite arbeiten angestellt eingestellt trabajo trabajar empleado empleada contrataron contratado contratada travaille travailler embauché embauchée engagé trabalho trabalhar contrataram trabalhando trabajando");

    // In these the ending does not tell the person: somebody has to stand beside them.
    private static readonly FrozenSet<string> Impersonal = Set("work working trabajo trabajar trabalho trabalhar travailler joined employed hired");

    private static readonly FrozenSet<string> Starts = Set("started begun began empecé comencé empezamos comecei commencé angefangen");

    private static readonly FrozenSet<string> Nouns =
        Set("job position employer career profession promoted stelle beruf arbeitgeber empleo puesto empleador emploi poste employeur métier emprego cargo empregador profissão");

    // Beside a verb of changing or leaving, work itself is a noun too.
    private static readonly FrozenSet<string> Works = Set("job jobs career careers employer position arbeit arbeitsplatz stelle beruf trabajo empleo puesto travail emploi boulot poste trabalho emprego cargo");

    // "My job application" is no job.
    private static readonly FrozenSet<string> Attributes = Set("application applications interview interviews offer offers search title schedule ad ads description");

    private static readonly FrozenSet<string> Changes = Set("changed switched gewechselt cambié cambiado changé mudei troquei");

    private static readonly FrozenSet<string> Leavings = Set("quit left lost dejé perdí quitté perdu larguei deixei perdi");

    private static readonly FrozenSet<string> Resignations = Set("resigned retired gekündigt renuncié démissionné");

    private static readonly FrozenSet<string> Marks = Set("as at for als bei como en para chez comme pour na no em com");

    private static readonly FrozenSet<string> At = Set("at with bei en chez na no em");

    private static readonly FrozenSet<string> NoEmployers = Set("my it this them me that home him her you our mi mon meu todo tout casa");

    private static readonly FrozenSet<string> Professions =
        Set("""
            nurse teacher doctor lawyer chef cook pilot farmer baker plumber carpenter mechanic journalist dentist architect accountant musician programmer
            lehrer lehrerin arzt ärztin ingenieur ingenieurin koch köchin krankenschwester anwalt anwältin
            profesor profesora médico médica enfermero enfermera ingeniero ingeniera abogado abogada cocinero cocinera
            professeur médecin infirmier infirmière ingénieur avocat avocate cuisinier cuisinière
            professor professora enfermeiro enfermeira engenheiro engenheira advogado advogada cozinheiro cozinheira
            engineer developer designer manager scientist researcher consultant electrician analyst librarian therapist counselor counsellor firefighter waiter waitress
            freelancing freelance freelancer self-employed unemployed retired rentner rentnerin arbeitslos selbstständig selbständig jubilado jubilada autónomo autónoma
            retraité retraitée aposentado aposentada desempregado desempregada
            """);

    // "biologist", "electrician", "photographer": nobody can list them all.
    private static readonly string[] ProfessionEndings = ["logist", "rician", "grapher", "nomist", "login", "graf", "grafin", "ólogo", "óloga", "ógrafo", "ógrafa", "ologue", "ographe"];

    public static bool IsToldIn(string[] words, string[] lower) =>
        Slots.Speaks(lower) && (IsChanged(lower) || IsLeft(lower) || IsDone(words, lower) || IsHeld(lower) || IsNow(words, lower) || IsProfession(lower));

    /// <summary>Whether it is about work and not, say, about a home.</summary>
    public static bool IsNamedIn(string[] lower) => Array.Exists(lower, Nouns.Contains);

    /// <summary>"I switched jobs", "cambié de trabajo", "mudei de emprego".</summary>
    public static bool IsChanged(string[] lower) => Acts(lower, Changes, 3);

    /// <summary>"I quit my job", "ich habe gekündigt".</summary>
    private static bool IsLeft(string[] lower) =>
        Acts(lower, Leavings, 4) || lower.Length <= 5 && Array.Exists(lower, Resignations.Contains);

    private static bool Acts(string[] lower, FrozenSet<string> verbs, int within)
    {
        var verb = Array.FindIndex(lower, verbs.Contains);
        if (verb < 0) return false;
        // German has the noun first: "ich habe den Job gewechselt".
        var (from, to) = lower[verb] == "gewechselt" ? (Math.Max(0, verb - within), verb) : (verb + 1, Math.Min(lower.Length, verb + within));
        return Array.FindIndex(lower, from, to - from, Works.Contains) is >= 0 and var noun && (noun == verb + 1 || lower[noun - 1] is not ("the" or "a" or "at")) && (noun + 1 == lower.Length || !Attributes.Contains(lower[noun + 1]));
    }

    /// <summary>"I work as a nurse", "arbeite jetzt bei Contoso", "started at Contoso".</summary>
    private static bool IsDone(string[] words, string[] lower)
    {
        if (Array.FindIndex(lower, Starts.Contains) is >= 0 and var start)
        {
            // "Ich habe bei Contoso angefangen"
            var at = lower[start] == "angefangen" ? Array.FindIndex(lower, At.Contains) : start + 1;
            if (at >= 0 && at + 1 < lower.Length && At.Contains(lower[at]) && Slots.IsProper(words, at + 1)) return true;
        }

        var verb = Array.FindIndex(lower, Verbs.Contains);
        if (verb < 0 || Impersonal.Contains(lower[verb]) && !IsOwn(lower, verb)) return false;
        var next = verb + 1;
        while (next < lower.Length && Slots.Now.Contains(lower[next])) next++;
        if (lower[verb] == "joined" && Array.Exists(lower[..verb], Leavings.Contains) && Slots.IsProper(words, next)) return true;
        if (lower[verb] != "joined" && next + 1 < lower.Length && Marks.Contains(lower[next]) && !NoEmployers.Contains(lower[next + 1])) return true;
        return Array.FindLastIndex(lower, word => word is "als" or "bei" or "as") is var mark && mark > verb && (lower[mark] != "as" || mark <= verb + 3);
    }

    private static bool IsOwn(string[] lower, int verb)
    {
        if (verb == 0) return lower[verb] != "working";
        var before = lower[verb - 1];
        if (before is "to" or "a" && verb > 1) return Starts.Contains(lower[verb - 2]);
        return Slots.IsFirst(before) || EnglishVerbs.IsAdverb(before) || Slots.Now.Contains(before)
            || before is "am" or "been" or "started" or "got" or "was" or "y" or "e" or "já" or "ya" || before == "and" && Slots.IsFirst(lower[0]);
    }

    /// <summary>"My new job is …", "I got a position at …".</summary>
    private static bool IsHeld(string[] lower)
    {
        if (lower.AsSpan().IndexOf("promoted") is >= 0 and var promoted && promoted + 1 < lower.Length && lower[promoted + 1] == "to") return true;
        var noun = Array.FindIndex(lower, Nouns.Contains);
        if (noun <= 0 || noun + 1 >= lower.Length || !(Slots.IsNew(lower[noun - 1]) || Slots.IsFirst(lower[noun - 1]) || lower[noun - 1] is "a" or "un" or "um" or "eine")) return false;
        var isSaid = Slots.IsCopula(lower[noun + 1]);
        return (isSaid || lower[noun + 1] is "as" or "at" or "als" or "bei" or "como" or "en" or "chez" or "comme" or "na" or "no" or "with")
            && (isSaid || Slots.IsNew(lower[noun - 1]) || Array.Exists(lower[..noun], word => word is "got" or "started" or "landed" or "accepted" or "took" or "habe" or "conseguí" or "trouvé" or "consegui"));
    }

    /// <summary>"I'm now a foreman at Contoso": whatever the trade is called.</summary>
    private static bool IsNow(string[] words, string[] lower)
    {
        var now = Array.FindIndex(lower, Slots.Now.Contains);
        if (now is not (1 or 2) || !Slots.IsFirst(lower[0]) || now == 2 && lower[1] is not ("am" or "bin" or "suis")) return false;
        for (var i = now + 2; i < lower.Length - 1; i++)
            if (lower[now + 1] is "a" or "an" or "the" or "ein" or "eine" && At.Contains(lower[i]) && Slots.IsProper(words, i + 1)) return true;
        return false;
    }

    private static bool IsProfession(string[] lower)
    {
        var profession = Array.FindIndex(lower, word => Professions.Contains(word) || Array.Exists(ProfessionEndings, ending => word.Length > ending.Length + 1 && word.EndsWith(ending, StringComparison.Ordinal)));
        return profession is >= 0 and <= 5 && lower[0] is "i'm" or "i" or "ich" or "soy" or "yo" or "je" or "j'" or "sou" or "eu" or "estoy" or "estou"
            && (lower[0] is "i'm" or "soy" or "sou" or "estoy" or "estou" || lower.Length > 1 && lower[1] is "am" or "bin" or "soy" or "suis" or "sou" or "estou" or "estoy" or "became");
    }

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
