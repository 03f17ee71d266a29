namespace Kith.Core;

/// <summary>The rules of client-chosen ids (spec honcho-api §2).</summary>
public static class Names
{
    public const string Pattern = "^[a-zA-Z0-9_-]+$";

    public const string ScopePrefix = "scope.";

    public static bool HasValidCharacters(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return false;
        }

        return !name.IsEmpty;
    }

    public static bool IsValid(ReadOnlySpan<char> name) => name.Length <= Limits.IdCharacters && HasValidCharacters(name);

    /// <summary>Whether anything stored may be called so, the peers behind scopes included. What cannot exist need not be looked up.</summary>
    public static bool CanExist(string name) =>
        IsValid(name.StartsWith(ScopePrefix, StringComparison.Ordinal) ? name.AsSpan(ScopePrefix.Length) : name);
}
