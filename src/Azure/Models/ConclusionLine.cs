namespace Kith.Azure.Models;

/// <summary>A conclusion as models see it.</summary>
internal sealed record ConclusionLine(string Id, string Level, string Said, string Text);
