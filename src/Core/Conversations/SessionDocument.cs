namespace Kith.Core.Conversations;

/// <summary>The settings of a session in its own partition; the entry in the directory is a copy.</summary>
internal static class SessionDocument
{
    public const string Id = "$session";
}
