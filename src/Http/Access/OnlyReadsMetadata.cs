namespace Kith.Http.Access;

/// <summary>Marks a POST that changes nothing that anybody said or set: a question with a body.</summary>
internal sealed class OnlyReadsMetadata
{
    public static OnlyReadsMetadata Instance { get; } = new();
}
