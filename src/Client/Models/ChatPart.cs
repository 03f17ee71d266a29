namespace Kith.Client.Models;

/// <summary>A fragment of an answer that is being made. It prints as its text.</summary>
public sealed record ChatPart
{
    /// <summary>The next words; empty in the last part.</summary>
    public string Content { get; init; } = "";

    /// <summary>The answer is complete.</summary>
    public bool IsLast { get; init; }

    /// <summary>In the last part, where it was asked for.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>The fragment.</summary>
    public override string ToString() => Content;
}
