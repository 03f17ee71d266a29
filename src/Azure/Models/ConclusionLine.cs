namespace Kith.Azure.Models;

/// <summary>A conclusion as models see it.</summary>
/// <param name="Link">What it is to the conclusion whose chain was asked for.</param>
internal sealed record ConclusionLine(string Id, string Level, string Said, string Text, string? Link = null);
