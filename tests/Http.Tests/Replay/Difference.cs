namespace Kith.Http.Tests.Replay;

/// <summary>Something in an answer that is not as recorded.</summary>
/// <param name="At"><c>status</c>, <c>content-type</c>, <c>body</c>, or the place in the JSON: <c>$.items[0].id</c>.</param>
internal sealed record Difference(Recording Recording, string At, string Text)
{
    public override string ToString() => $"{Recording.File} {Recording.Number} {Recording.Label} {At}: {Text}";
}
