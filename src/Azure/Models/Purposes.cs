namespace Kith.Azure.Models;

/// <summary>What models are called for, as metrics and messages name it.</summary>
internal static class Purposes
{
    public const string Derive = "derive";
    public const string Summary = "summary";
    public const string Chat = "chat";
    public const string Dream = "dream";
    public const string Embed = "embed";
}
