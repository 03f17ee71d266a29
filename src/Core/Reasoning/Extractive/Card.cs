using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Which clauses belong on a peer card.</summary>
internal static class Card
{
    /// <summary>Longer clauses tell events, not traits.</summary>
    private const int Longest = 14;

    private static readonly FrozenSet<string> Kin =
        Set("""
            wife husband mother mom mum father dad sister brother son daughter kids children parents partner girlfriend boyfriend fiancé fiancée dog cat puppy kitten grandma grandpa
            grandmother grandfather twins frau mann mutter vater schwester bruder sohn tochter kinder eltern freundin hund katze esposa esposo marido mujer madre padre hermana hermano
            hijo hija hijos perro gato femme mari mère père sœur frère fils fille enfants chien chat mãe pai irmã irmão filho filha filhos cachorro cão
            """);

    private static readonly FrozenSet<string> Owners = Set("my our mein meine unser unsere mi mis mon ma mes meu minha meus minhas");

    private static readonly FrozenSet<string> Have = Set("have am is are called named 's habe ist heißt tengo es se llama ai est s'appelle tenho é chama");

    private static readonly FrozenSet<string> Tastes =
        Set("love like hate prefer enjoy dislike allergic vegetarian vegan liebe mag hasse allergisch vegetarierin vegetarier odio prefiero alérgico alérgica encanta gusta aime adore déteste préfère allergique adoro gosto odeio prefiro");

    public static CardCategory? Of(List<Token> clause, string? slot)
    {
        if (slot is "relationship") return CardCategory.Relationship;
        if (slot is not null) return slot.StartsWith("favourite:", StringComparison.Ordinal) ? CardCategory.Attribute : CardCategory.Identity;
        if (clause.Count > Longest) return null;
        for (var i = 0; i < clause.Count; i++)
        {
            var word = clause[i].Lower;
            if (i is > 0 and < 4 && Tastes.Contains(word) && IsTaste(clause, i)) return CardCategory.Attribute;
            if (Kin.Contains(word) && (i > 0 && Owners.Contains(clause[i - 1].Lower) || clause[0].Lower is "i" or "ich" or "tengo" or "j'ai" or "tenho") && clause.Exists(token => Have.Contains(token.Lower))) return CardCategory.Relationship;
        }

        return null;
    }

    /// <summary>"I love hiking", not "I love it when you …" or "I'd love to": what is liked has to be named.</summary>
    private static bool IsTaste(List<Token> clause, int verb)
    {
        if (!Speakers.Contains(clause[0].Lower) || clause.Count > LongestTaste) return false;
        for (var i = 1; i < verb; i++)
            if (clause[i].Lower is not ("am" or "a" or "bin" or "suis" or "le" or "la") && !EnglishVerbs.IsAdverb(clause[i].Lower)) return false;
        return verb + 1 >= clause.Count ? clause[verb].Lower.StartsWith("vegetarian", StringComparison.Ordinal) || clause[verb].Lower == "vegan"
            : !Pointers.Contains(clause[verb + 1].Lower);
    }

    private const int LongestTaste = 9;

    private static readonly FrozenSet<string> Speakers = Set("i i'm ich me je j'aime j'adore eu mir a soy sou");

    private static readonly FrozenSet<string> Pointers = Set("it this that these those the your you them him her when how being seeing das es eso esto ça isso quando cuando");

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
