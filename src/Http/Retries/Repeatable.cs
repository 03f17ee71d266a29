using Kith.Core;
using Kith.Core.Claiming;

namespace Kith.Http.Retries;

/// <summary>How the request at hand is told from others and from its own repetitions.</summary>
/// <param name="Id">Of the caller, the route and the key that the request names.</param>
/// <param name="Life">How long a repetition is known as one.</param>
/// <param name="HasKey">The request names itself; without, it is known by what it asks for.</param>
internal sealed record Repeatable(string Id, TimeSpan Life, bool HasKey)
{
    public RequestClaim Claim(string bodyHash) => new(HasKey ? Id : Ids.Of(Id, bodyHash), bodyHash, Life);
}
