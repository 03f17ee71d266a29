using System.Globalization;

namespace Kith.Core.Recall;

/// <summary>
/// Case, diacritics and width folded away, one character at a time. Tables, because <see cref="string.Normalize()"/> does
/// nothing under invariant globalization.
/// </summary>
internal static class CharacterFolding
{
    private const string Latin = // U+00C0 to U+017F
        "aaaaaaæceeeeiiiiðnooooo×ouuuuyþßaaaaaaæceeeeiiiiðnooooo÷ouuuuyþyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnn"
        + "nnnnnnooooooœœrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    private const string LatinAdditional = // U+1E00 to U+1EFF, Vietnamese above all
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwww"
        + "xxxxyyzzzzzzhtwyasẜẝßẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽỿỿ";

    private const string Greek = // U+0386 to U+03CE
        "α·εηι΋ο΍υωιαβγδεζηθικλμνξοπρ΢στυφχψωιυαεηιυαβγδεζηθικλμνξοπρσστυφχψωιυουω";

    /// <summary>The folded character; <paramref name="second"/> is set where one becomes two (ß, æ, œ).</summary>
    public static char Fold(char c, out char second)
    {
        second = '\0';
        if (c < '\u0080')
            return c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;

        var folded = c switch
        {
            >= '\u00C0' and <= '\u017F' => Latin[c - '\u00C0'],
            >= '\u1E00' and <= '\u1EFF' => LatinAdditional[c - '\u1E00'],
            >= '\u0386' and <= '\u03CE' => Greek[c - '\u0386'],
            >= '\uFF10' and <= '\uFF5A' => char.ToLowerInvariant((char)(c - 0xFEE0)),
            'Ё' or 'ё' => 'е',
            'ơ' or 'Ơ' => 'o',
            'ư' or 'Ư' => 'u',
            _ => char.ToLowerInvariant(c),
        };
        switch (folded)
        {
            case 'ß': second = 's'; return 's';
            case 'æ': second = 'e'; return 'a';
            case 'œ': second = 'e'; return 'o';
            case 'þ': second = 'h'; return 't';
            case 'ð': return 'd';
            default:
                return char.GetUnicodeCategory(folded) == UnicodeCategory.DecimalDigitNumber
                    ? (char)('0' + (int)char.GetNumericValue(folded))
                    : folded;
        }
    }

    /// <summary>Accents written as characters of their own; they fold to nothing.</summary>
    public static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036F';
}
