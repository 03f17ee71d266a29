namespace Kith.Azure.Models;

/// <summary>The texts in the folder Prompts. They are the same for every call, so nothing that anybody wrote in a conversation is ever in a system message.</summary>
internal static class Prompts
{
    public static string Derive { get; } = Read("derive");

    public static string Summary { get; } = Read("summary");

    public static string Answer { get; } = Read("answer");

    public static string Consolidate { get; } = Read("consolidate");

    public static string Nudge { get; } = Read("nudge");

    private static readonly string _repair = Read("repair");
    private static readonly string _shorten = Read("shorten");

    public static string Repair(string reason) => _repair.Replace("{reason}", reason, StringComparison.Ordinal);

    public static string Shorten(int tokens, int most, int words) => _shorten
        .Replace("{tokens}", $"{tokens}", StringComparison.Ordinal)
        .Replace("{most}", $"{most}", StringComparison.Ordinal)
        .Replace("{words}", $"{words}", StringComparison.Ordinal);

    private static string Read(string name)
    {
        using var resource = typeof(Prompts).Assembly.GetManifestResourceStream($"Kith.Azure.Models.Prompts.{name}")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().TrimEnd();
    }
}
