namespace Kith.Core.Reasoning.Extractive;

/// <summary>Retells what a speaker says in the first person as a statement about the speaker, in the same language.</summary>
internal abstract class Voice
{
    public static Voice? For(string? language) => language switch
    {
        "en" => EnglishVoice.Instance,
        "de" => TableVoice.German,
        "es" => TableVoice.Spanish,
        "fr" => TableVoice.French,
        "pt" => TableVoice.Portuguese,
        _ => null,
    };

    /// <summary>Whether a verb's ending will do for the first person.</summary>
    public virtual bool LeavesOutSubjects => false;

    public abstract Retelling Retell(List<Token> tokens, Cast cast);

    /// <summary>How the language marks what someone says without speaking of themselves: "alice says the road is closed".</summary>
    public abstract string Says(string speaker);

    /// <summary>How it introduces a wish about the way to be treated: "alice asks: …".</summary>
    public abstract string Asks(string speaker);
}
