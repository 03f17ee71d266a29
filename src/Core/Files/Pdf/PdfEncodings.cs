using System.Globalization;
using System.Text;

namespace Kith.Core.Files.Pdf;

/// <summary>The predefined encodings and glyph names of simple fonts (ISO 32000-1 annex D, Adobe Glyph List).</summary>
internal static class PdfEncodings
{
    // Codes 0x80 to 0x9F; the rest is Latin-1.
    private const string WinAnsiUpper = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";

    // Codes from 0x80 on. NUL is a code without a character.
    private const string MacRomanUpper =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

    private const string StandardUpper =
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß\0\0\0\0";

    private const string NamesAndCharacters = """
        exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright )
        asterisk * plus + comma , hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7
        eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \
        bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | braceright } asciitilde ~ exclamdown ¡
        cent ¢ sterling £ currency ¤ yen ¥ brokenbar ¦ section § dieresis ¨ copyright © ordfeminine ª guillemotleft «
        logicalnot ¬ registered ® macron ¯ degree ° plusminus ± twosuperior ² threesuperior ³ acute ´ mu µ paragraph ¶
        periodcentered · cedilla ¸ onesuperior ¹ ordmasculine º guillemotright » onequarter ¼ onehalf ½ threequarters ¾
        questiondown ¿ AE Æ Eth Ð multiply × Oslash Ø Thorn Þ germandbls ß ae æ eth ð divide ÷ oslash ø thorn þ OE Œ
        oe œ Lslash Ł lslash ł dotlessi ı Dcroat Đ dcroat đ Hbar Ħ hbar ħ florin ƒ circumflex ˆ caron ˇ breve ˘
        dotaccent ˙ ring ˚ ogonek ˛ tilde ˜ hungarumlaut ˝ endash – emdash — quoteleft ‘ quoteright ’ quotesinglbase ‚
        quotedblleft “ quotedblright ” quotedblbase „ dagger † daggerdbl ‡ bullet • ellipsis … perthousand ‰
        guilsinglleft ‹ guilsinglright › fraction ⁄ Euro € trademark ™ minus − ff ﬀ fi ﬁ fl ﬂ ffi ﬃ ffl ﬄ partialdiff ∂
        summation ∑ product ∏ radical √ infinity ∞ integral ∫ approxequal ≈ notequal ≠ lessequal ≤ greaterequal ≥
        lozenge ◊ arrowleft ← arrowup ↑ arrowright → arrowdown ↓ universal ∀ existential ∃ element ∈ emptyset ∅
        gradient ∇ asteriskmath ∗ proportional ∝ similar ∼ equivalence ≡ logicaland ∧ logicalor ∨ intersection ∩
        union ∪ prime ′ second ″ Alpha Α alpha α Beta Β beta β Gamma Γ gamma γ Delta Δ delta δ Epsilon Ε epsilon ε
        Zeta Ζ zeta ζ Eta Η eta η Theta Θ theta θ Iota Ι iota ι Kappa Κ kappa κ Lambda Λ lambda λ Mu Μ Nu Ν nu ν Xi Ξ
        xi ξ Omicron Ο omicron ο Pi Π pi π Rho Ρ rho ρ Sigma Σ sigma σ Tau Τ tau τ Upsilon Υ upsilon υ Phi Φ phi φ
        Chi Χ chi χ Psi Ψ psi ψ Omega Ω omega ω sigma1 ς Agrave À Aacute Á Acircumflex Â Atilde Ã Adieresis Ä Aring Å
        Acaron Ǎ Abreve Ă Adotaccent Ȧ Aogonek Ą Amacron Ā Cacute Ć Ccircumflex Ĉ Ccedilla Ç Ccaron Č Cdotaccent Ċ
        Ccommaaccent Ç Dcaron Ď Egrave È Eacute É Ecircumflex Ê Edieresis Ë Ecedilla Ȩ Ecaron Ě Ebreve Ĕ Edotaccent Ė
        Eogonek Ę Emacron Ē Ecommaaccent Ȩ Gacute Ǵ Gcircumflex Ĝ Gcedilla Ģ Gcaron Ǧ Gbreve Ğ Gdotaccent Ġ
        Gcommaaccent Ģ Hcircumflex Ĥ Hcaron Ȟ Igrave Ì Iacute Í Icircumflex Î Itilde Ĩ Idieresis Ï Icaron Ǐ Ibreve Ĭ
        Idotaccent İ Iogonek Į Imacron Ī Jcircumflex Ĵ Kcedilla Ķ Kcaron Ǩ Kcommaaccent Ķ Lacute Ĺ Lcedilla Ļ Lcaron Ľ
        Lcommaaccent Ļ Ngrave Ǹ Nacute Ń Ntilde Ñ Ncedilla Ņ Ncaron Ň Ncommaaccent Ņ Ograve Ò Oacute Ó Ocircumflex Ô
        Otilde Õ Odieresis Ö Ocaron Ǒ Obreve Ŏ Odotaccent Ȯ Oogonek Ǫ Omacron Ō Ohungarumlaut Ő Racute Ŕ Rcedilla Ŗ
        Rcaron Ř Rcommaaccent Ŗ Sacute Ś Scircumflex Ŝ Scedilla Ş Scaron Š Scommaaccent Ș Tcedilla Ţ Tcaron Ť
        Tcommaaccent Ț Ugrave Ù Uacute Ú Ucircumflex Û Utilde Ũ Udieresis Ü Uring Ů Ucaron Ǔ Ubreve Ŭ Uogonek Ų
        Umacron Ū Uhungarumlaut Ű Wcircumflex Ŵ Yacute Ý Ycircumflex Ŷ Ydieresis Ÿ Ymacron Ȳ Zacute Ź Zcaron Ž
        Zdotaccent Ż agrave à aacute á acircumflex â atilde ã adieresis ä aring å acaron ǎ abreve ă adotaccent ȧ
        aogonek ą amacron ā cacute ć ccircumflex ĉ ccedilla ç ccaron č cdotaccent ċ ccommaaccent ç dcaron ď egrave è
        eacute é ecircumflex ê edieresis ë ecedilla ȩ ecaron ě ebreve ĕ edotaccent ė eogonek ę emacron ē ecommaaccent ȩ
        gacute ǵ gcircumflex ĝ gcedilla ģ gcaron ǧ gbreve ğ gdotaccent ġ gcommaaccent ģ hcircumflex ĥ hcaron ȟ igrave ì
        iacute í icircumflex î itilde ĩ idieresis ï icaron ǐ ibreve ĭ iogonek į imacron ī jcircumflex ĵ jcaron ǰ
        kcedilla ķ kcaron ǩ kcommaaccent ķ lacute ĺ lcedilla ļ lcaron ľ lcommaaccent ļ ngrave ǹ nacute ń ntilde ñ
        ncedilla ņ ncaron ň ncommaaccent ņ ograve ò oacute ó ocircumflex ô otilde õ odieresis ö ocaron ǒ obreve ŏ
        odotaccent ȯ oogonek ǫ omacron ō ohungarumlaut ő racute ŕ rcedilla ŗ rcaron ř rcommaaccent ŗ sacute ś
        scircumflex ŝ scedilla ş scaron š scommaaccent ș tcedilla ţ tcaron ť tcommaaccent ț ugrave ù uacute ú
        ucircumflex û utilde ũ udieresis ü uring ů ucaron ǔ ubreve ŭ uogonek ų umacron ū uhungarumlaut ű wcircumflex ŵ
        yacute ý ycircumflex ŷ ydieresis ÿ ymacron ȳ zacute ź zcaron ž zdotaccent ż
        """;

    private static readonly Dictionary<string, string> Glyphs = ReadGlyphs();

    /// <summary>The character of a code, null if there is none. An unknown encoding is the standard one.</summary>
    public static string? Character(string? encoding, byte code)
    {
        var character = encoding switch
        {
            "WinAnsiEncoding" => code is >= 0x80 and < 0xA0 ? WinAnsiUpper[code - 0x80] : (char)code,
            "MacRomanEncoding" => code < 0x80 ? (char)code : MacRomanUpper[code - 0x80],
            _ => code switch
            {
                (byte)'\'' => '’',
                (byte)'`' => '‘',
                < 0x80 => (char)code,
                _ => StandardUpper[code - 0x80],
            },
        };
        return character < ' ' ? null : character.ToString();
    }

    /// <summary>The text of a glyph name such as <c>eacute</c>, <c>uni00E9</c>, <c>u1F600</c>, <c>f_i</c> or <c>a.sc</c>; null if unknown.</summary>
    public static string? Glyph(string name)
    {
        if (name.IndexOf('.', StringComparison.Ordinal) is var suffix and > 0)
            name = name[..suffix];
        if (name.Contains('_', StringComparison.Ordinal))
            return string.Concat(name.Split('_').Where(part => part.Length > 0).Select(Glyph));
        if (name.Length <= 1)
            return name.Length == 0 ? null : name;
        return Glyphs.TryGetValue(name, out var text) ? text
            : name.StartsWith("uni", StringComparison.Ordinal) ? CodePoint(name.AsSpan(3, Math.Min(4, name.Length - 3)))
            : name.StartsWith('u') ? CodePoint(name.AsSpan(1))
            : null;
    }

    private static string? CodePoint(ReadOnlySpan<char> hex) =>
        hex.Length is >= 4 and <= 6
        && int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
        && Rune.IsValid(value) ? new Rune(value).ToString() : null;

    private static Dictionary<string, string> ReadGlyphs()
    {
        var words = NamesAndCharacters.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var glyphs = words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        glyphs["space"] = " ";
        glyphs["nbspace"] = "\u00a0";
        return glyphs;
    }
}
