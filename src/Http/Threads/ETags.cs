using Kith.Core.Threads;
using Kith.Http.Honcho;

namespace Kith.Http.Threads;

/// <summary>Versions in headers: <c>ETag</c>, <c>If-Match</c>, <c>If-None-Match: *</c>.</summary>
internal static class ETags
{
    public static void Tag(this ApiRequest request, string tag) => request.Context.Response.Headers.ETag = $"\"{tag}\"";

    public static Precondition Precondition(this ApiRequest request)
    {
        var match = Values(request.Context.Request.Headers.IfMatch);
        var none = Values(request.Context.Request.Headers.IfNoneMatch);
        var any = match.Contains("*");
        return new Precondition(match.Count == 0 || any ? null : match, MustExist: match.Count > 0, MustBeNew: none.Contains("*"));
    }

    private static List<string> Values(IEnumerable<string?> header) =>
        [.. header.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(tag => tag.Trim('"'))];
}
