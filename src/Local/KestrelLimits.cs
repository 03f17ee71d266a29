using Kith.Http.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kith.Local;

internal static class KestrelLimits
{
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = KithPipeline.MaxBodyBytes;
    }
}
