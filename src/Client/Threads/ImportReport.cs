namespace Kith.Client.Threads;

/// <summary>What became of documents that were taken over.</summary>
public sealed record ImportReport
{
    /// <summary>Ids of the threads that are there now.</summary>
    public IReadOnlyList<string> Imported { get; init; } = [];

    /// <summary>Those whose id is taken.</summary>
    public IReadOnlyList<ImportRefusal> Skipped { get; init; } = [];

    /// <summary>Those that cannot be read.</summary>
    public IReadOnlyList<ImportRefusal> Failed { get; init; } = [];
}
