namespace Kith.Core.Context;

/// <summary>What a context leaves out because the token budget has no room for it.</summary>
/// <param name="CardLines">Lines of the card.</param>
/// <param name="Conclusions">Conclusions of the representation.</param>
/// <param name="Messages">Messages before the first returned one that no returned summary covers: beside a summary, the hole behind it.</param>
/// <param name="Summary">A summary exists, but none is returned.</param>
/// <param name="TokensUsed">Tokens of everything that is returned.</param>
public sealed record Truncation(int CardLines, int Conclusions, long Messages, bool Summary, int TokensUsed);
