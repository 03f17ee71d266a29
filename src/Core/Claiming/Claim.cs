namespace Kith.Core.Claiming;

/// <summary>
/// That a call was accepted: what it asked for as a hash, and what came of it as ids. One of an append lies in the session's partition and is written with its
/// messages, all or none; one of another call lies in a partition of its own, is written before the call has an effect and completed after it.
/// </summary>
internal sealed record Claim
{
    public const string DocumentType = "claim";

    public string Type { get; } = DocumentType;

    public required string BodyHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The messages of an append, in order.</summary>
    public IReadOnlyList<string>? MessageIds { get; init; }

    /// <summary>Until then whoever took the call carries it out; null when it is done.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The first answer, under a key that nobody has but the caller; null when there is none to keep.</summary>
    public byte[]? Answer { get; init; }

    /// <summary>Apart from messages, whose ids hold no dollar sign.</summary>
    public static string IdOf(RequestClaim claim) => "$claim." + claim.Id;

    /// <exception cref="KithException">Invalid (detail <c>idempotency_key_reused</c>): the call is another one.</exception>
    public void Demand(RequestClaim claim)
    {
        if (BodyHash != claim.BodyHash)
        {
            throw new KithException(ErrorCode.Invalid, "The Idempotency-Key was used for another request: repeat that one unchanged, or choose another key.")
            {
                Detail = "idempotency_key_reused",
            };
        }
    }
}
