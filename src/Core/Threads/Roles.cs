namespace Kith.Core.Threads;

/// <summary>Who speaks in a message of a thread.</summary>
public static class Roles
{
    public const string User = "user";
    public const string Assistant = "assistant";
    public const string System = "system";

    public static IReadOnlyList<string> All { get; } = [User, Assistant, System];
}
