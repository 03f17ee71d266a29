namespace Kith.Core.Memory;

/// <summary>A conclusion written by a person or an application; always explicit, never merged with others.</summary>
public sealed record NewConclusion(string Observer, string Observed, string Content, string? SessionId);
