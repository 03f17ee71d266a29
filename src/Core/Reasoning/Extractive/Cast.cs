namespace Kith.Core.Reasoning.Extractive;

/// <summary>Who speaks, and to whom where that is certain.</summary>
/// <param name="Addressee">The only other participant; null when there is none or more than one.</param>
internal sealed record Cast(string Speaker, string? Addressee);
