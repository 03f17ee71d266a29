namespace Kith.Http.Hosting;

/// <summary>Marks a route that is served with a trailing slash as well.</summary>
internal sealed class SlashAlias
{
    public static SlashAlias Instance { get; } = new();
}
