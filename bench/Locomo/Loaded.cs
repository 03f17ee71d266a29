namespace Kith.Bench.Locomo;

/// <summary>A conversation that the server holds, everything derived.</summary>
/// <param name="TurnIds">Turn id by message id.</param>
/// <param name="Elapsed">From the first post until no work was left.</param>
internal sealed record Loaded(string Workspace, Conversation Conversation, IReadOnlyDictionary<string, string> TurnIds, TimeSpan Elapsed)
{
    public IReadOnlyDictionary<string, Turn> Turns { get; } = Conversation.Sittings.SelectMany(sitting => sitting.Turns).ToDictionary(turn => turn.Id);
}
