namespace Kith.Core.Limiting;

/// <summary>Whether a request may pass, and what the caller should know.</summary>
/// <param name="Limit">Requests per minute.</param>
/// <param name="Remaining">At least so many more are in the bucket.</param>
/// <param name="Seconds">Until the bucket is full again; for a request that may not pass, until one may.</param>
public sealed record RateDecision(bool IsAdmitted, int Limit, int Remaining, int Seconds);
