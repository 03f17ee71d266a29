using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>German, Spanish, French and Portuguese by tables: pronouns, irregular verbs, and endings next to the subject.</summary>
internal sealed class TableVoice : Voice
{
    public static readonly TableVoice German = new()
    {
        _subjects = Set("ich"),
        _objects = Set("mich mir"),
        _reflexive = "sich",
        _we = Set("wir"),
        _andOthers = "und andere",
        _genitives = Set("mein meine meinen meinem meiner meines unser unsere unseren unserem unserer"),
        _verbs = Map("""
            bin ist habe hat hab hat werde wird fahre fährt esse isst lese liest nehme nimmt sehe sieht spreche spricht trage trägt schlafe schläft laufe läuft gebe gibt
            helfe hilft treffe trifft vergesse vergisst heiße heißt halte hält fange fängt lade lädt wasche wäscht lasse lässt
            arbeite arbeitet wohne wohnt lebe lebt liebe liebt spiele spielt lerne lernt studiere studiert mache macht gehe geht komme kommt koche kocht singe singt
            tanze tanzt schreibe schreibt höre hört reise reist suche sucht brauche braucht kaufe kauft plane plant hasse hasst heirate heiratet
            """),
        _kept = Set("war hatte kann muss will soll darf mag weiß möchte könnte würde hätte wäre wurde ging kam bekam fand blieb sah zog"),
        _endings = [("tete", null), ("arbeite", "arbeitet"), ("warte", "wartet"), ("rede", "redet"), ("finde", "findet"), ("te", null), ("ße", "ßt"), ("e", "t")],
        _says = "sagt:",
        _asks = "bittet:",
    };

    public static readonly TableVoice Spanish = new()
    {
        _subjects = Set("yo"),
        _objects = Set("me mí"),
        _reflexive = "se",
        _we = Set("nosotros nosotras"),
        _andOthers = "y otros",
        _possessives = Map("mi su mis sus nuestro su nuestra su nuestros sus nuestras sus"),
        _proDrop = true,
        _verbs = Map("""
            soy es estoy está tengo tiene voy va he ha hago hace quiero quiere puedo puede fui fue tuve tuvo estuve estuvo hice hizo digo dice sé sabe vivo vive
            trabajo trabaja estudio estudia prefiero prefiere pienso piensa juego juega duermo duerme vengo viene salgo sale pongo pone conozco conoce leo lee
            bebo bebe escribo escribe corro corre aprendo aprende hablo habla busco busca necesito necesita amo ama odio odia uso usa compro compra
            llevo lleva creo cree siento siente cocino cocina toco toca practico practica viajo viaja espero espera planeo planea llamo llama mudo muda dejo deja
            resido reside vuelvo vuelve empiezo empieza dedico dedica encuentro encuentra vine vino puse puso pude pudo dije dijo traje trajo había había
            tomo toma fumo fuma bailo baila canto canta nado nada pinto pinta gano gana evito evita cambio cambia estudié estudió
            viviré vivirá seré será tendré tendrá iré irá haré hará gané ganó cumplí cumplió
            """),
        _kept = Set("era tenía estaba vivía trabajaba iba quería"),
        _endings = [("gué", "gó"), ("qué", "có"), ("cé", "zó"), ("é", "ó"), ("í", "ió")],
        _notVerbs = Set("qué porqué café bebé también además así aquí ahí allí sí mí té después través inglés quizá que"),
        _says = "dice:",
        _asks = "pide:",
    };

    public static readonly TableVoice French = new()
    {
        _subjects = Set("je j'"),
        _objects = Set("me m' moi"),
        _reflexive = "se",
        _we = Set("nous"),
        _andOthers = "et d'autres",
        _possessives = Map("mon son ma sa mes ses notre leur nos leurs"),
        _verbs = Map("""
            suis est ai a vais va fais fait sais sait peux peut veux veut dois doit viens vient prends prend vois voit tiens tient dis dit lis lit écris écrit mets met
            connais connaît apprends apprend comprends comprend finis finit sors sort pars part dors dort cours court bois boit crois croit reviens revient deviens devient
            """),
        _kept = Set(""),
        _endings = [("rai", "ra"), ("ais", "ait"), ("is", "it"), ("us", "ut")],
        _says = "dit :",
        _asks = "demande :",
    };

    public static readonly TableVoice Portuguese = new()
    {
        _subjects = Set("eu"),
        _objects = Set("me mim"),
        _reflexive = "se",
        _we = Set("nós"),
        _andOthers = "e outros",
        _possessives = Map("meu seu minha sua meus seus minhas suas nosso seu nossa sua nossos seus nossas suas"),
        _proDrop = true,
        _verbs = Map("""
            sou é estou está tenho tem vou vai fui foi faço faz quero quer posso pode moro mora vivo vive trabalho trabalha estudo estuda gosto gosta prefiro prefere
            adoro adora amo ama odeio odeia jogo joga toco toca leio lê escrevo escreve corro corre bebo bebe aprendo aprende falo fala procuro procura
            preciso precisa uso usa compro compra acho acha penso pensa durmo dorme venho vem saio sai sei sabe conheço conhece cozinho cozinha viajo viaja espero espera
            pretendo pretende chamo chama mudo muda resido reside estive esteve tive teve fiz fez vim veio pus pôs pude pôde disse disse nasci nasceu vivi viveu vendi vendeu
            aprendi aprendeu recebi recebeu conheci conheceu decidi decidiu consegui conseguiu perdi perdeu escolhi escolheu li leu corri correu comi comeu
            tomo toma fumo fuma danço dança canto canta nado nada pinto pinta ganho ganha evito evita assisto assiste
            abri abriu parti partiu saí saiu caí caiu morarei morará serei será terei terá irei irá farei fará
            """),
        _kept = Set("era tinha estava morava vivia trabalhava ia queria"),
        _endings = [("quei", "cou"), ("guei", "gou"), ("cei", "çou"), ("ei", "ou")],
        _notVerbs = Set("sei lei rei hei falarei"),
        _says = "diz:",
        _asks = "pede:",
    };

    /// <summary>Words before the verb, resolved dates included: "En la semana del 11 de mayo de 2026 me mudé".</summary>
    private const int LongestLead = 14;

    private FrozenSet<string> _subjects = [];
    private FrozenSet<string> _objects = [];
    private FrozenSet<string> _we = [];
    private FrozenSet<string> _kept = [];
    private FrozenSet<string> _notVerbs = [];
    private FrozenDictionary<string, string> _possessives = FrozenDictionary<string, string>.Empty;
    private FrozenDictionary<string, string> _verbs = FrozenDictionary<string, string>.Empty;
    private (string Ending, string? Becomes)[] _endings = [];
    private FrozenSet<string> _genitives = [];
    private string _reflexive = "";
    private string _andOthers = "";
    private string _says = "";
    private string _asks = "";
    private bool _proDrop;

    private TableVoice() { }

    public override bool LeavesOutSubjects => _proDrop;

    public override string Says(string speaker) => $"{speaker} {_says}";

    public override string Asks(string speaker) => $"{speaker} {_asks}";

    public override Retelling Retell(List<Token> tokens, Cast cast)
    {
        var words = this == French ? Apart(tokens) : tokens;
        var subject = words.FindIndex(word => _subjects.Contains(word.Lower));
        var verb = subject >= 0 ? Beside(words, subject) : _proDrop ? Finite(words) : -1;
        var others = words.Index().Where(word => word.Index > subject && _subjects.Contains(word.Item.Lower)).Select(word => Beside(words, word.Index)).ToHashSet();
        var acts = subject >= 0 || verb >= 0;
        var told = new List<Token>(words.Count + 2);
        var named = false;
        var we = -1;
        for (var i = 0; i < words.Count; i++)
        {
            var token = words[i];
            var lower = token.Lower;
            if (_subjects.Contains(lower))
            {
                Put(cast.Speaker, true);
            }
            else if (_we.Contains(lower))
            {
                // "nous nous sommes"
                if (i > 0 && words[i - 1].Lower == lower) Put(_reflexive, false);
                else Put($"{cast.Speaker} {_andOthers}", true);
                we = i;
            }
            else if (we >= 0 && lower == "uns")
            {
                Put(_reflexive, false);
            }
            else if (this == French && we >= 0 && i <= we + 2 && Plural(lower) is { } plural)
            {
                Put(plural, false);
            }
            else if (_objects.Contains(lower))
            {
                // "me llamo" acts on the speaker; "me gusta" only concerns them.
                if (acts) Put(lower is "mí" or "mim" or "moi" ? cast.Speaker : lower == "m'" ? "s'" : _reflexive, false);
                else Concern();
            }
            else if (_genitives.Contains(lower))
            {
                // "mein Hund" → "alices Hund"
                Put(cast.Speaker + (cast.Speaker[^1] is 's' or 'x' or 'z' ? "'" : "s"), true);
            }
            else if (_possessives.TryGetValue(lower, out var possessive))
            {
                // "mi perro" → "su perro"
                Put(i == 0 && acts ? Upper(possessive) : possessive, false);
            }
            else if (IsFirstPerson(words, i, others.Contains(i) ? i : verb, out var form))
            {
                Put(form, false);
            }
            else
            {
                told.Add(token);
            }

            void Put(string text, bool names)
            {
                told.Add(new Token(text, token.Spaced));
                named |= names;
            }

            void Concern()
            {
                // "me gusta" → "a alice le gusta", "mir gefällt" → "alice gefällt".
                if (this == Spanish) Put($"a {cast.Speaker} le", true);
                else Put(cast.Speaker, true);
            }
        }

        if (subject < 0 && verb >= 0)
        {
            Lead(told, cast.Speaker, words);
            named = true;
        }

        if (this == French) Elide(told);
        return new Retelling(told, named);
    }

    /// <summary>"se est" → "s'est".</summary>
    private static void Elide(List<Token> told)
    {
        for (var i = 0; i + 1 < told.Count; i++)
        {
            if (told[i].Lower != "se" || !"aeiouyéèêàâîh".Contains(char.ToLowerInvariant(told[i + 1].Text[0]), StringComparison.Ordinal)) continue;
            told[i] = told[i] with { Text = told[i].Text[..1] + "'" };
            told[i + 1] = told[i + 1] with { Spaced = false };
        }
    }

    /// <summary>What "nous" does, as others do it: "vivons" → "vivent".</summary>
    private static string? Plural(string verb) => verb switch
    {
        "sommes" => "sont",
        "avons" => "ont",
        "allons" => "vont",
        "faisons" => "font",
        _ => verb.Length > 4 && verb.EndsWith("ons", StringComparison.Ordinal) ? verb[..^3] + "ent" : null,
    };

    /// <summary>Puts the left-out subject before the verb's group: "Ayer me mudé" → "Ayer alice se mudó".</summary>
    private void Lead(List<Token> told, string speaker, List<Token> words)
    {
        var at = Finite(words);
        while (at > 0 && (_objects.Contains(words[at - 1].Lower) || words[at - 1].Lower is "no" or "não" or "ya" or "já" or "lo" or "la")) at--;
        told[at] = told[at] with { Text = told[at].Lower, Spaced = true };
        told.Insert(at, new Token(speaker, at > 0));
    }

    private bool IsFirstPerson(List<Token> words, int i, int verb, out string form)
    {
        form = "";
        var lower = words[i].Lower;
        if (i == verb)
        {
            if (Inflect(lower) is not { } inflected) return false;
            form = inflected;
            return true;
        }

        // "dejé", "mudei": endings that only the first person has.
        if (_proDrop && i > verb && verb >= 0 && IsPreterite(words[i]))
        {
            form = Inflect(lower)!;
            return true;
        }

        // Further verbs of the same subject: "Ich wohne in Rom und arbeite …", "Vivo en Roma y trabajo …".
        if (verb < 0 || i < verb || !words[i].IsWord || !_verbs.ContainsKey(lower) && !AfterAnd(words, i)) return false;
        if (!_proDrop && !AfterAnd(words, i) && i != words.Count - 1 && i != words.Count - 2) return false;
        if (_proDrop && i > 0 && words[i - 1].Lower is "el" or "un" or "mi" or "al" or "de" or "del" or "o" or "um" or "meu" or "ao" or "do" or "no" or "como") return false;
        form = _verbs.GetValueOrDefault(lower) ?? "";
        return form.Length > 0;
    }

    private static bool AfterAnd(List<Token> words, int i) => i > 0 && words[i - 1].Lower is "und" or "y" or "et" or "e" or "aber" or "pero" or "mais" or "mas";

    private int Beside(List<Token> words, int subject)
    {
        var after = subject + 1;
        while (after < words.Count && (_objects.Contains(words[after].Lower) || words[after].Lower is "ne" or "n'" or "y" or "en" or "no" or "não" or "ya" or "já" or "auch" or "también" or "também")) after++;
        if (after < words.Count && IsForm(words[after].Lower)) return after;
        // Inversion: "Seit 2020 wohne ich in Rom"; subordinate: "weil ich in Rom wohne".
        if (subject > 0 && IsForm(words[subject - 1].Lower)) return subject - 1;
        for (var i = words.Count - 1; i > subject; i--)
            if (words[i].IsWord) return IsForm(words[i].Lower) ? i : -1;
        return -1;
    }

    private bool IsForm(string word) => _verbs.ContainsKey(word) || _kept.Contains(word) || Inflect(word) is not null;

    /// <summary>The first word that can only be a first-person verb; the search ends with the clause's first few words.</summary>
    private int Finite(List<Token> words)
    {
        for (var i = 0; i < words.Count && i < LongestLead; i++)
        {
            var lower = words[i].Lower;
            if (!words[i].IsWord || _notVerbs.Contains(lower)) continue;
            if (i > 0 && words[i - 1].Lower is "el" or "un" or "mi" or "al" or "del" or "o" or "um" or "meu" or "ao" or "do" or "su") continue;
            if (lower == "como" && i > 0) continue;
            if (_verbs.ContainsKey(lower) || IsPreterite(words[i]) || i == 0 && IsPreterite(words[i] with { Text = lower })) return i;
        }

        return -1;
    }

    /// <summary>Names such as "José" end alike.</summary>
    private bool IsPreterite(Token word) =>
        word.Text.Length > 3 && char.IsLower(word.Text[0]) && !_notVerbs.Contains(word.Text)
        && Array.Exists(_endings, ending => word.Text.EndsWith(ending.Ending, StringComparison.Ordinal));

    private string? Inflect(string word)
    {
        if (_verbs.TryGetValue(word, out var form)) return form;
        if (_kept.Contains(word) || _notVerbs.Contains(word)) return null;
        foreach (var (ending, becomes) in _endings)
            if (word.Length > ending.Length && word.EndsWith(ending, StringComparison.Ordinal)) return becomes is null ? null : word[..^ending.Length] + becomes;
            else if (word == ending) return becomes;
        return null;
    }

    /// <summary>"j'ai" is two words.</summary>
    private static List<Token> Apart(List<Token> tokens)
    {
        var apart = new List<Token>(tokens.Count + 2);
        foreach (var token in tokens)
        {
            var cut = token.Text.IndexOf('\'', StringComparison.Ordinal);
            if (cut is 1 && char.ToLowerInvariant(token.Text[0]) is 'j' or 'm' or 'n')
            {
                // A name needs its space: "j'ai" → "alice a".
                apart.Add(new Token(token.Text[..2], token.Spaced));
                apart.Add(new Token(token.Text[2..], char.ToLowerInvariant(token.Text[0]) == 'j'));
            }
            else
            {
                apart.Add(token);
            }
        }

        return apart;
    }

    private static string Upper(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static FrozenSet<string> Set(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> Map(string pairs) =>
        pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2).DistinctBy(pair => pair[0]).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
