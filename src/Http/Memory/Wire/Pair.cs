namespace Kith.Http.Memory.Wire;

/// <param name="Conclusions">That the observer holds for true now.</param>
internal sealed record Pair(string ObserverId, string ObservedId, long Conclusions)
{
    public static Pair Of(Core.Memory.Pair pair) => new(pair.Observer, pair.Observed, pair.Conclusions);
}
