namespace Kith.Core.Porting;

/// <summary>Ids of other systems as names that Kith allows.</summary>
internal static class ForeignNames
{
    /// <summary>The id itself where it is a name; otherwise what can be kept of it, with a mark that tells it from others.</summary>
    public static string Of(string id)
    {
        if (Names.IsValid(id))
            return id;
        var kept = string.Concat(id.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-'));
        return $"{kept}-{Ids.Of("foreign", id)[..8]}";
    }
}
