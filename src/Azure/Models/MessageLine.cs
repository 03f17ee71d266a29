namespace Kith.Azure.Models;

/// <summary>A recalled message as models see it.</summary>
internal sealed record MessageLine(string Id, string Speaker, string At, string Text);
