using System.Net;
using System.Net.Sockets;

namespace Kith.Http.Outgoing;

/// <summary>
/// Which addresses Kith may call because somebody named them (spec honcho-api §9.12): public ones. Numbers in any spelling and names that mean this machine
/// are refused when an address is registered; what other names resolve to can change and is checked at every connection (<see cref="OutgoingHttp"/>).
/// </summary>
internal static class OutgoingAddress
{
    private const string Private = "Private/internal IP addresses are not allowed";

    /// <summary>By IANA's registries of special purposes, and the address at which Azure's machines reach their host.</summary>
    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "168.63.129.16/32", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Null when the address is fine.</summary>
    /// <param name="allowPrivate">Also addresses of this machine and its network.</param>
    public static string? Problem(string url, bool allowPrivate = false)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !url.Contains("://", StringComparison.Ordinal))
            return "Invalid URL format";
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            return "Only HTTP and HTTPS URLs are allowed";
        var host = address.IdnHost.TrimEnd('.');
        if (host.Length == 0)
            return "Invalid URL format";
        if (allowPrivate)
            return null;
        if (IPAddress.TryParse(host, out var literal))
            return IsPublic(literal) ? null : Private;
        return IsThisMachine(host) || LooksNumeric(host) ? Private : null;
    }

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !Reserved.Any(network => network.Contains(address));
    }

    private static bool IsThisMachine(string host)
    {
        var top = host[(host.LastIndexOf('.') + 1)..].ToUpperInvariant();
        return top is "LOCALHOST" or "LOCALDOMAIN" or "LOCAL" or "INTERNAL" || host.ToUpperInvariant() is "IP6-LOCALHOST" or "IP6-LOOPBACK";
    }

    /// <summary>A last label that is a number, decimal or hexadecimal, makes the whole name an IPv4 address for most resolvers.</summary>
    private static bool LooksNumeric(string host)
    {
        var last = host.AsSpan(host.LastIndexOf('.') + 1);
        return !last.ContainsAnyExceptInRange('0', '9') || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
    }
}
