using Microsoft.Extensions.Configuration;

namespace Kith.Http.Hosting;

/// <summary>Which web pages may call Kith from a browser (section <c>Cors</c>, or <c>CORS_ORIGINS</c>: origins separated by commas, or <c>none</c>).</summary>
public sealed record CrossOriginOptions
{
    private const string Nobody = "none";

    /// <summary>Null admits pages of this machine only, an empty list none.</summary>
    public IReadOnlyList<string>? Origins { get; init; }

    public static CrossOriginOptions From(IConfiguration configuration)
    {
        var origins = configuration["Cors:Origins"] ?? configuration["CORS_ORIGINS"];
        return new CrossOriginOptions
        {
            Origins = Nobody.Equals(origins?.Trim(), StringComparison.OrdinalIgnoreCase) ? [] : origins?.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(origin => origin.Trim('"')).ToList(),
        };
    }

    public bool Admits(string origin) =>
        Origins is null
            ? Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback
            : Origins.Contains("*") || Origins.Contains(origin);
}
