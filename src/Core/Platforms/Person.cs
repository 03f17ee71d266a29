namespace Kith.Core.Platforms;

/// <summary>Who does something on a platform.</summary>
/// <param name="Id">The platform's.</param>
/// <param name="DisplayName">Null where the platform does not say.</param>
/// <param name="IsBot">Programs are never answered.</param>
/// <param name="IsAgent">The connection's own bot.</param>
public sealed record Person(string Id, string? DisplayName = null, bool IsBot = false, bool IsAgent = false)
{
    /// <summary>Whose id it is, where that is not the connection's platform.</summary>
    public Platform? Home { get; init; }
}
