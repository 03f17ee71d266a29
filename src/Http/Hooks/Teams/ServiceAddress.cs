namespace Kith.Http.Hooks.Teams;

/// <summary>Where Bot Service takes answers. They carry a token, so that no other place may name itself.</summary>
internal static class ServiceAddress
{
    private const string TeamsHost = "smba.trafficmanager.net";
    private const string ServiceDomain = ".botframework.com";

    public static bool IsServices(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0
        && (address.IdnHost.Equals(TeamsHost, StringComparison.OrdinalIgnoreCase) || address.IdnHost.EndsWith(ServiceDomain, StringComparison.OrdinalIgnoreCase));
}
