namespace Kith.Core.Agency;

/// <summary>A reply as it comes in: fragments of its text, and at the end the whole of it, stored.</summary>
public abstract record ReplyPart
{
    private ReplyPart() { }

    public sealed record Fragment(string Text) : ReplyPart;

    public sealed record Whole(AgentReply Reply) : ReplyPart;
}
