namespace Kith.Core.Reasoning;

/// <summary>How messages of a session are gathered before they are derived together: until any of these is reached, or until somebody asks not to wait.</summary>
/// <param name="Tokens">o200k tokens of the messages that wait.</param>
/// <param name="Idle">Since the last message came in.</param>
/// <param name="Longest">Since the first of them was seen to wait: a trickle does not wait for ever.</param>
public sealed record Debounce(int Tokens, TimeSpan Idle, TimeSpan Longest)
{
    /// <summary>Spec honcho-engine §15: a short message alone is a conclusion within a minute.</summary>
    public static Debounce Standard { get; } = new(512, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
}
