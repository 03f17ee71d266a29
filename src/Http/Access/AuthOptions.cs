using Microsoft.Extensions.Configuration;

namespace Kith.Http.Access;

/// <summary>Section <c>Auth</c>; the original's variables <c>AUTH_USE_AUTH</c> and <c>AUTH_JWT_SECRET</c> work too.</summary>
public sealed record AuthOptions
{
    /// <summary>Off: everybody may do everything.</summary>
    public bool UseAuth { get; init; }

    /// <summary>Signs and verifies keys (HMAC-SHA256). Without it no key is valid.</summary>
    public string JwtSecret { get; init; } = "";

    /// <summary>Still verifies keys, and signs none: the secret before this one, while it is being replaced.</summary>
    public string PreviousJwtSecret { get; init; } = "";

    public static AuthOptions From(IConfiguration configuration) => new()
    {
        UseAuth = (configuration["Auth:UseAuth"] ?? configuration["AUTH_USE_AUTH"])?.ToUpperInvariant() is "TRUE" or "1",
        JwtSecret = configuration["Auth:JwtSecret"] ?? configuration["AUTH_JWT_SECRET"] ?? "",
        PreviousJwtSecret = configuration["Auth:PreviousJwtSecret"] ?? "",
    };
}
