namespace Kith.Core.Reasoning;

/// <summary>A piece of an answer in the order it is made: fragments of text, and at the end what it rests on.</summary>
public abstract record AnswerPart
{
    private AnswerPart() { }

    public sealed record Text(string Content) : AnswerPart;

    /// <summary>The conclusions and messages that the text rests on; both empty when it abstains.</summary>
    public sealed record Grounds(IReadOnlyList<RecalledConclusion> Conclusions, IReadOnlyList<RecalledMessage> Messages) : AnswerPart;
}
