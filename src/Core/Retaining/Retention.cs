namespace Kith.Core.Retaining;

/// <summary>For how many days a workspace keeps things; null for ever.</summary>
/// <param name="MessageDays">Messages, from the time when they were said. What was learnt from them stays.</param>
/// <param name="ConclusionDays">Conclusions, from the time when they were recorded, whoever recorded them.</param>
public sealed record Retention(int? MessageDays = null, int? ConclusionDays = null)
{
    public const int MostDays = 36_500;

    public static Retention None { get; } = new();
}
