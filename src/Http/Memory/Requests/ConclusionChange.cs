using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Memory.Requests;

/// <summary>New words, a pin, or both.</summary>
internal sealed record ConclusionChange(string? Content = null, bool? Pinned = null)
{
    public static ConclusionChange? Read(Input body)
    {
        if (body.Object() is not { } fields)
            return null;
        var (content, pinned) = (fields.Optional("content"), fields.Optional("pinned"));
        return content.IsMissing && pinned.IsMissing
            ? body.Break<ConclusionChange>("content or pinned must be given")
            : new(content.Text(1, Limits.ConclusionCharacters), pinned.Boolean());
    }
}
