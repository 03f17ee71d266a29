using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>The people and animals that belong to a speaker: what is said of them is not said of the speaker.</summary>
internal static class Kinship
{
    /// <summary>"my little brother", "my best friend's".</summary>
    private const int MostAdjectives = 2;

    private static readonly FrozenSet<string> Nouns =
        Set("""
            wife husband mother mom mum father dad sister brother son daughter kids kid children child parents partner girlfriend boyfriend fiancé fiancée dog cat puppy kitten grandma grandpa
            grandmother grandfather twins twin frau mann mutter vater schwester bruder sohn tochter kinder kind eltern freundin freund hund katze esposa esposo marido mujer madre padre hermana hermano
            hijo hija hijos perro gato femme mari mère père sœur frère fils fille enfants chien chat mãe pai irmã irmão filho filha filhos cachorro cão
            """);

    private static readonly FrozenSet<string> Others =
        Set("friend friends cousin uncle aunt niece nephew colleague coworker boss neighbor neighbour roommate flatmate family grandson granddaughter stepson stepdaughter nachbar nachbarin kollege kollegin chef cousine oma opa amigo amiga primo prima tío tía jefe vecino ami amie voisin patron chefe vizinho");

    private static readonly FrozenSet<string> Owners = Set("my our mein meine unser unsere mi mis nuestro nuestra mon ma mes notre nos meu minha meus minhas nosso nossa");

    public static FrozenSet<string> Stems { get; } = Nouns.Concat(Others).Select(Words.Stem).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsNoun(string lower) => Nouns.Contains(lower);

    public static bool IsOwner(string lower) => Owners.Contains(lower);

    /// <summary>Whether the clause is about one of them alone: "my son Leo turned 7", not "my wife and I moved".</summary>
    public static bool IsSubject(IReadOnlyList<string> lower)
    {
        if (lower.Count < 3 || !IsOwner(lower[0])) return false;
        for (var i = 1; i <= 1 + MostAdjectives && i < lower.Count - 1; i++)
            if (IsNoun(lower[i]) || Others.Contains(lower[i])) return !JoinsSpeaker(lower, i + 1);
        return false;
    }

    /// <summary>Whether a text is about a relative of its speaker: "alice's brother lives in Madrid", "My brother lives in Madrid".</summary>
    public static bool IsTold(string statement) =>
        statement.Split(' ', 2 + MostAdjectives + 1) is [var owner, _, ..] words && (owner.EndsWith('s') || IsOwner(owner.ToLowerInvariant())) && words.Skip(1).Take(1 + MostAdjectives).Any(word => IsNoun(word.ToLowerInvariant()) || Others.Contains(word.ToLowerInvariant()));

    private static bool JoinsSpeaker(IReadOnlyList<string> lower, int from)
    {
        for (var i = from; i < lower.Count - 1 && i < from + 3; i++)
            if (lower[i] is "and" or "und" or "y" or "et" or "e" && lower[i + 1] is "i" or "ich" or "yo" or "moi" or "eu" or "me") return true;
        return false;
    }

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
