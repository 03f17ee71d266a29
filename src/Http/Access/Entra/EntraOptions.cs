using Kith.Core;
using Microsoft.Extensions.Configuration;

namespace Kith.Http.Access.Entra;

/// <summary>Section <c>Auth:Entra</c>: which tokens of Entra ID are accepted. None without a tenant.</summary>
public sealed record EntraOptions
{
    private const string PublicCloud = "https://login.microsoftonline.com";

    /// <summary>The directory whose tokens are accepted: its id.</summary>
    public string TenantId { get; init; } = "";

    /// <summary>What tokens for Kith name as their audience: the application's id, or its <c>api://</c> address.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Where the directory's signing keys are: of the public cloud by default.</summary>
    public Uri Authority { get; init; } = new(PublicCloud);

    public bool IsOn => TenantId.Length > 0;

    /// <summary>Where the directory publishes its keys.</summary>
    internal Uri Keys => new(Authority, $"/{TenantId}/discovery/v2.0/keys");

    /// <exception cref="KithException">A setting cannot be used.</exception>
    public static EntraOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Auth:Entra");
        var tenant = section["TenantId"] ?? "";
        var audience = section["Audience"] ?? "";
        if (tenant.Length > 0 && !Guid.TryParseExact(tenant, "D", out _))
            throw new KithException(ErrorCode.Invalid, "Auth:Entra:TenantId takes the id of a directory, a UUID: names of tenants, 'common' and 'organizations' would admit others");
        if (tenant.Length > 0 != audience.Length > 0)
            throw new KithException(ErrorCode.Invalid, "Auth:Entra:TenantId and Auth:Entra:Audience go together");
        var text = section["Authority"] is { Length: > 0 } given ? given : PublicCloud;
        return Uri.TryCreate(text, UriKind.Absolute, out var authority) && (authority.Scheme == Uri.UriSchemeHttps || authority.IsLoopback)
            ? new EntraOptions { TenantId = tenant.ToLowerInvariant(), Audience = audience, Authority = authority }
            : throw new KithException(ErrorCode.Invalid, $"Auth:Entra:Authority takes an https address, not '{text}'");
    }
}
