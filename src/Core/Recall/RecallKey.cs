namespace Kith.Core.Recall;

/// <summary>Which message or conclusion an entry finds, and the session or pair that it lies in.</summary>
public sealed record RecallKey(string Id, string? Session, string? Observer, string? Observed);
