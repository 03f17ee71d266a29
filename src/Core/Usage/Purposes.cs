namespace Kith.Core.Usage;

/// <summary>What models are called for.</summary>
public static class Purposes
{
    public const string Derive = "derive";
    public const string Summary = "summary";
    public const string Chat = "chat";
    public const string Dream = "dream";
    public const string Embed = "embed";
}
