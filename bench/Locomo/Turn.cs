namespace Kith.Bench.Locomo;

/// <param name="Text">With the caption of a picture, if there was one, in brackets.</param>
internal sealed record Turn(string Id, string Speaker, string Text);
