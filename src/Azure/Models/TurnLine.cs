namespace Kith.Azure.Models;

/// <summary>A turn as models see it; only turns that may be cited have a number.</summary>
internal sealed record TurnLine(int? Turn, string Speaker, string At, string Text);
