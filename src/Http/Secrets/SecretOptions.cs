using Kith.Core;
using Kith.Core.Secrets;
using Microsoft.Extensions.Configuration;

namespace Kith.Http.Secrets;

/// <summary>Section <c>Secrets</c>: what secrets of connections and webhooks are sealed with in the store.</summary>
public sealed record SecretOptions
{
    private const string UnresolvedReference = "@Microsoft.KeyVault(";

    /// <summary>Seals and opens; null where none is set.</summary>
    public string? Key { get; init; }

    /// <summary>Still opens: the key before this one, while it is being replaced.</summary>
    public string? PreviousKey { get; init; }

    /// <exception cref="KithException">A setting cannot be used.</exception>
    public static SecretOptions From(IConfiguration configuration) => new()
    {
        Key = KeyOf("Key", configuration["Secrets:Key"]),
        PreviousKey = KeyOf("PreviousKey", configuration["Secrets:PreviousKey"]),
    };

    public SecretBox Box() => new([.. new[] { Key, PreviousKey }.OfType<string>()]);

    /// <summary>A reference that Azure could not resolve reaches the process as its own text, which everybody can guess: then there is no key.</summary>
    private static string? KeyOf(string name, string? text) => text switch
    {
        null or "" => null,
        _ when text.StartsWith(UnresolvedReference, StringComparison.OrdinalIgnoreCase) => null,
        { Length: >= SecretBox.FewestKeyCharacters } => text,
        _ => throw new KithException(ErrorCode.Invalid, $"Secrets:{name} takes {SecretBox.FewestKeyCharacters} characters or more that nobody can guess"),
    };
}
