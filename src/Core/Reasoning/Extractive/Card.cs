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
            if (i < 4 && i > 0 && Tastes.Contains(word) && clause[0].Lower is "i" or "i'm" or "ich" or "me" or "je" or "j'aime" or "eu" or "mir" or "a" or "soy" or "sou") return CardCategory.Attribute;
            if (Kin.Contains(word) && (i > 0 && Owners.Contains(clause[i - 1].Lower) || clause[0].Lower is "i" or "ich" or "tengo" or "j'ai" or "tenho") && clause.Exists(token => Have.Contains(token.Lower))) return CardCategory.Relationship;
        }

        return null;
    }

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
