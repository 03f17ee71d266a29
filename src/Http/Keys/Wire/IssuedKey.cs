namespace Kith.Http.Keys.Wire;

/// <param name="Token">What goes into <c>Authorization: Bearer</c>. It is not stored and is never shown again.</param>
internal sealed record IssuedKey(string Token, Key Key);
