using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kith.Local;

internal static class KestrelLimits
{
    private const long RequestBytes = 32 * 1024 * 1024;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBytes;
    }
}
