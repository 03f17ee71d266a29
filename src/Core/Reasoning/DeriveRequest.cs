namespace Kith.Core.Reasoning;

/// <summary>A batch of one sender's messages in one session, in order, with the turns of others between and before them as context.</summary>
/// <param name="Observed">The peer that statements are about: only its own turns give statements.</param>
/// <param name="Turns">Ascending by sequence.</param>
public sealed record DeriveRequest(string Workspace, string Session, string Observed, IReadOnlyList<Turn> Turns)
{
    public string? CustomInstructions { get; init; }
}
