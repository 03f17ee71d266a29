namespace Kith.Core.Claiming;

/// <summary>What a change of a session must know besides the session itself, to tell what was stored before.</summary>
/// <param name="Claim">Null when the call names none.</param>
/// <param name="Messages">Ids that messages have if they are there.</param>
internal sealed record Lookup(RequestClaim? Claim, IReadOnlyList<string> Messages);
