namespace Kith.Core.Claiming;

/// <summary>A call that may come again: whoever makes it first has the effect, everybody gets the first result.</summary>
/// <param name="Id">The same for repetitions of the call, different for all others: a valid id.</param>
/// <param name="BodyHash">Of all that was asked for; another one under the same id is refused.</param>
/// <param name="Life">How long it is remembered.</param>
public sealed record RequestClaim(string Id, string BodyHash, TimeSpan Life);
