using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>The words of one language for relative dates, and how it writes absolute ones.</summary>
internal sealed class CalendarWords
{
    public required FrozenDictionary<string, int> Days { get; init; }
    public required FrozenDictionary<string, CalendarUnit> Units { get; init; }
    public required FrozenDictionary<string, int> Numbers { get; init; }
    public required FrozenDictionary<string, int> Directions { get; init; }
    public required FrozenDictionary<string, int> Trailing { get; init; }
    public required string[] Weekdays { get; init; }
    public required string[] Months { get; init; }
    /// <summary>Words of "two years ago" before the number, and after the unit.</summary>
    public string[] AgoBefore { get; init; } = [];
    public string? AgoAfter { get; init; }
    /// <summary>Articles and prepositions that the absolute date brings along itself.</summary>
    public required FrozenSet<string> Absorbed { get; init; }
    /// <summary>Prepositions after which the bare date stands: "since 2022".</summary>
    public required FrozenSet<string> Governing { get; init; }
    /// <summary>Whether a verb form tells of the past; null where weekdays are left as they are said.</summary>
    public Func<string, bool>? IsPast { get; init; }
    public required Func<CalendarUnit, DateTimeOffset, string[], string> Bare { get; init; }
    public required Func<CalendarUnit, string, string> Adverbial { get; init; }

    public static CalendarWords? For(string? language) => language switch
    {
        "en" => English,
        "de" => German,
        "es" => Spanish,
        "fr" => French,
        "pt" => Portuguese,
        _ => null,
    };

    private static readonly CalendarWords English = new()
    {
        Days = Map("yesterday -1 today 0 tonight 0 tomorrow 1"),
        Units = UnitMap("day Day days Day night Day week Week weeks Week weekend Weekend weekends Weekend month Month months Month year Year years Year summer Summer winter Winter spring Spring fall Autumn autumn Autumn morning Day afternoon Day evening Day"),
        Numbers = Map("a 1 an 1 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12"),
        Directions = Map("last -1 this 0 next 1 past -1 coming 1"),
        Trailing = FrozenDictionary<string, int>.Empty,
        Weekdays = "monday tuesday wednesday thursday friday saturday sunday".Split(' '),
        Months = "January February March April May June July August September October November December".Split(' '),
        AgoAfter = "ago",
        IsPast = word => EnglishVerbs.IsPast(word) || word is "was" or "were" or "had" or "did",
        Absorbed = Set("on in the this during"),
        Governing = Set("since until till by from before after for of"),
        Bare = (unit, date, months) => unit switch
        {
            CalendarUnit.Day => $"{date.Day} {months[date.Month - 1]} {date.Year}",
            CalendarUnit.Week => $"the week of {date.Day} {months[date.Month - 1]} {date.Year}",
            CalendarUnit.Weekend => $"the weekend of {date.Day} {months[date.Month - 1]} {date.Year}",
            CalendarUnit.Month => $"{months[date.Month - 1]} {date.Year}",
            CalendarUnit.Year => $"{date.Year}",
            _ => $"{unit.ToString().ToLowerInvariant()} {date.Year}",
        },
        Adverbial = (unit, bare) => (unit is CalendarUnit.Day or CalendarUnit.Weekend ? "on " : "in ") + bare,
    };

    private static readonly CalendarWords German = new()
    {
        Days = Map("vorgestern -2 gestern -1 heute 0 übermorgen 2"),
        Units = UnitMap("tag Day tage Day tagen Day woche Week wochen Week wochenende Weekend monat Month monate Month monaten Month jahr Year jahre Year jahren Year"),
        Numbers = Map("ein 1 einem 1 einer 1 eine 1 zwei 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10"),
        Directions = Map("letzte -1 letzten -1 letzter -1 letztes -1 letztem -1 vergangene -1 vergangenen -1 diese 0 diesen 0 dieser 0 dieses 0 diesem 0 nächste 1 nächsten 1 nächster 1 nächstes 1 nächstem 1 kommende 1 kommenden 1"),
        Trailing = FrozenDictionary<string, int>.Empty,
        Weekdays = "montag dienstag mittwoch donnerstag freitag samstag sonntag".Split(' '),
        Months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".Split(' '),
        AgoBefore = ["vor"],
        IsPast = word => word is "war" or "waren" or "hatte" or "hatten" or "habe" or "haben" or "bin" or "wurde" or "ging" or "kam" or "sah",
        Absorbed = Set("am im in der den"),
        Governing = Set("seit bis ab von"),
        Bare = (unit, date, months) => unit switch
        {
            CalendarUnit.Day => $"{date.Day}. {months[date.Month - 1]} {date.Year}",
            CalendarUnit.Week => $"der Woche vom {date.Day}. {months[date.Month - 1]} {date.Year}",
            CalendarUnit.Weekend => $"Wochenende des {date.Day}. {months[date.Month - 1]} {date.Year}",
            CalendarUnit.Month => $"{months[date.Month - 1]} {date.Year}",
            _ => $"{date.Year}",
        },
        Adverbial = (unit, bare) => unit switch
        {
            CalendarUnit.Day or CalendarUnit.Weekend => "am " + bare,
            CalendarUnit.Week => "in " + bare,
            CalendarUnit.Month => "im " + bare,
            _ => bare,
        },
    };

    private static readonly CalendarWords Spanish = new()
    {
        Days = Map("anteayer -2 ayer -1 anoche -1 hoy 0"),
        Units = UnitMap("día Day días Day semana Week semanas Week mes Month meses Month año Year años Year"),
        Numbers = Map("un 1 una 1 dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10"),
        Directions = Map("próximo 1 próxima 1 este 0 esta 0"),
        Trailing = Map("pasado -1 pasada -1 próximo 1 próxima 1 viene 1"),
        Weekdays = "lunes martes miércoles jueves viernes sábado domingo".Split(' '),
        Months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".Split(' '),
        AgoBefore = ["hace"],
        Absorbed = Set("el la en este esta"),
        Governing = Set("desde hasta de para"),
        Bare = Romance("la semana del"),
        Adverbial = (unit, bare) => (unit is CalendarUnit.Day ? "el " : "en ") + bare,
    };

    private static readonly CalendarWords French = new()
    {
        Days = Map("avant-hier -2 hier -1 aujourd'hui 0 demain 1"),
        Units = UnitMap("jour Day jours Day semaine Week semaines Week mois Month an Year ans Year année Year années Year"),
        Numbers = Map("un 1 une 1 deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10"),
        Directions = Map("ce 0 cette 0"),
        Trailing = Map("dernier -1 dernière -1 passé -1 passée -1 prochain 1 prochaine 1"),
        Weekdays = "lundi mardi mercredi jeudi vendredi samedi dimanche".Split(' '),
        Months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".Split(' '),
        AgoBefore = ["il", "y", "a"],
        Absorbed = Set("le la en"),
        Governing = Set("depuis jusqu'à avant après de"),
        Bare = (unit, date, months) => unit switch
        {
            CalendarUnit.Day => $"{date.Day} {months[date.Month - 1]} {date.Year}",
            CalendarUnit.Week => $"la semaine du {date.Day} {months[date.Month - 1]} {date.Year}",
            CalendarUnit.Month => $"{months[date.Month - 1]} {date.Year}",
            _ => $"{date.Year}",
        },
        Adverbial = (unit, bare) => unit switch
        {
            CalendarUnit.Day => "le " + bare,
            CalendarUnit.Week => bare,
            _ => "en " + bare,
        },
    };

    private static readonly CalendarWords Portuguese = new()
    {
        Days = Map("anteontem -2 ontem -1 hoje 0 amanhã 1"),
        Units = UnitMap("dia Day dias Day semana Week semanas Week mês Month meses Month ano Year anos Year"),
        Numbers = Map("um 1 uma 1 dois 2 duas 2 três 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10"),
        Directions = Map("próximo 1 próxima 1 este 0 esta 0"),
        Trailing = Map("passado -1 passada -1 vem 1"),
        Weekdays = "segunda terça quarta quinta sexta sábado domingo".Split(' '),
        Months = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".Split(' '),
        AgoAfter = "atrás",
        Absorbed = Set("o a na no em neste nesta há"),
        Governing = Set("desde até de para"),
        Bare = Romance("a semana de"),
        Adverbial = (unit, bare) => unit is CalendarUnit.Week ? "n" + bare : "em " + bare,
    };

    private static Func<CalendarUnit, DateTimeOffset, string[], string> Romance(string week) => (unit, date, months) => unit switch
    {
        CalendarUnit.Day => $"{date.Day} de {months[date.Month - 1]} de {date.Year}",
        CalendarUnit.Week => $"{week} {date.Day} de {months[date.Month - 1]} de {date.Year}",
        CalendarUnit.Month => $"{months[date.Month - 1]} de {date.Year}",
        _ => $"{date.Year}",
    };

    private static FrozenDictionary<string, int> Map(string pairs) =>
        pairs.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static FrozenDictionary<string, CalendarUnit> UnitMap(string pairs) =>
        pairs.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => Enum.Parse<CalendarUnit>(pair[1]), StringComparer.Ordinal);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
