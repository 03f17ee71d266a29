using Microsoft.Extensions.Configuration;

namespace Kith.Http.Access;

/// <summary>Section <c>Auth</c>; the original's variables <c>AUTH_USE_AUTH</c> and <c>AUTH_JWT_SECRET</c> work too.</summary>
public sealed record AuthOptions
{
    private const string UnresolvedReference = "@Microsoft.KeyVault(";

    /// <summary>Off: everybody may do everything.</summary>
    public bool UseAuth { get; init; }

    /// <summary>Signs and verifies keys (HMAC-SHA256). Without it no key is valid.</summary>
    public string JwtSecret { get; init; } = "";

    /// <summary>Still verifies keys, and signs none: the secret before this one, while it is being replaced.</summary>
    public string PreviousJwtSecret { get; init; } = "";

    /// <summary>Keys are asked for and none can be valid: nothing is served but what <see cref="ServedClosed"/> marks.</summary>
    public bool IsClosed => UseAuth && JwtSecret.Length == 0;

    public static AuthOptions From(IConfiguration configuration) => new()
    {
        UseAuth = (configuration["Auth:UseAuth"] ?? configuration["AUTH_USE_AUTH"])?.ToUpperInvariant() is "TRUE" or "1",
        JwtSecret = Secret(configuration["Auth:JwtSecret"] ?? configuration["AUTH_JWT_SECRET"] ?? ""),
        PreviousJwtSecret = Secret(configuration["Auth:PreviousJwtSecret"] ?? ""),
    };

    /// <summary>A reference that Azure could not resolve reaches the process as its own text, which everybody can guess.</summary>
    private static string Secret(string text) => text.StartsWith(UnresolvedReference, StringComparison.OrdinalIgnoreCase) ? "" : text;
}
