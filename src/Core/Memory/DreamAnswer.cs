using Kith.Core.Reasoning;

namespace Kith.Core.Memory;

/// <summary>A reasoner's answer to a dream, saved before it is used and removed with the end of the run.</summary>
internal sealed record DreamAnswer
{
    public const string DocumentType = "dreamAnswer";

    public string Type { get; } = DocumentType;

    public required Consolidation Consolidation { get; init; }

    public static string IdOf(string run) => $"{Dream.Id}:{run}:answer";
}
