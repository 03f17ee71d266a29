namespace Kith.Bench.Locomo;

/// <param name="Said">Without the picture.</param>
/// <param name="Caption">Of the picture, if there was one.</param>
internal sealed record Turn(string Id, string Speaker, string Said, string? Caption)
{
    /// <summary>What is said, with the caption in brackets.</summary>
    public string Text => Caption is null ? Said : $"{Said} [{Caption}]";
}
