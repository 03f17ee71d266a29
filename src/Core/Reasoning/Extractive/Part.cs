namespace Kith.Core.Reasoning.Extractive;

/// <summary>One clause of a turn, retold.</summary>
/// <param name="Weight">How much it tells about the speaker, see <see cref="Salience"/>.</param>
internal sealed record Part(string Text, bool NamesSpeaker, double Weight)
{
    public string? Slot { get; init; }
    /// <summary>See <see cref="Salience.IsDirect"/>.</summary>
    public bool IsDirect { get; init; }
    public CardCategory? Card { get; init; }
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Words of the clause as it was said: names and dates that stand for "I" and "yesterday" make it longer, not weightier.</summary>
    public int SaidWords { get; init; }

    /// <summary>Joined clauses tell an episode; what may change or be denied by itself, and what belongs on the card, is one statement.</summary>
    public bool StandsAlone => Slot is not null || Card is not null || Ends;

    /// <summary>"Alice no longer eats meat" is about what holds elsewhere.</summary>
    public bool Ends { get; init; }

    public int WordCount { get; } = Text.AsSpan().Count(' ') + 1;
}
