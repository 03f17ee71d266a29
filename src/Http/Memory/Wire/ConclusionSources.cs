namespace Kith.Http.Memory.Wire;

/// <summary>A conclusion and what it rests on.</summary>
/// <param name="Messages">Where they were said is in each.</param>
/// <param name="Conclusions">Empty for what was concluded from messages alone.</param>
internal sealed record ConclusionSources(Conclusion Conclusion, IReadOnlyList<Honcho.Wire.Message> Messages, IReadOnlyList<Conclusion> Conclusions)
{
    public static ConclusionSources Of(Core.Memory.ConclusionSources sources) => new(
        Conclusion.Of(sources.Conclusion),
        [.. sources.Messages.Select(Honcho.Wire.Message.Of)],
        [.. sources.Premises.Select(Conclusion.Of)]);
}
