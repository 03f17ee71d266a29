namespace Kith.Core.Work;

internal static class Due
{
    /// <summary>How long a writer has to update the directory's copies itself before the sweep does it for the writer.</summary>
    public static readonly TimeSpan ProjectionGrace = TimeSpan.FromSeconds(30);
}
