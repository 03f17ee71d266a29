namespace Kith.Bench.Kills;

/// <summary>A message that was sent, named in its text.</summary>
/// <param name="Ghost">Its author is erased after its round.</param>
internal sealed record Remark(string Session, string Peer, string Text, DateTimeOffset At, bool Ghost)
{
    /// <summary>Whether the server answered that it is stored.</summary>
    public bool IsAcknowledged { get; set; }
}
