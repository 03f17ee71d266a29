using Microsoft.AspNetCore.Http.Metadata;

namespace Kith.Http.Porting;

/// <summary>An import may be larger than other requests.</summary>
internal sealed class BodySize : IRequestSizeLimitMetadata
{
    /// <summary>Of a file that is read line by line.</summary>
    public const long Most = 1024L * 1024 * 1024;

    /// <summary>Of one that is read as a whole.</summary>
    public const int MostAtOnce = 128 * 1024 * 1024;

    public long? MaxRequestBodySize => Most;
}
