namespace Kith.Azure.Models;

/// <summary>A text that nothing else is known of, as models see it.</summary>
internal sealed record TextLine(string Text);
