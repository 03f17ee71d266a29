namespace Kith.Client.Administration;

/// <summary>Totals are counted at the beginning, and zero until then.</summary>
public sealed record RebuildProgress
{
    /// <summary>Sessions that are done.</summary>
    public long SessionsDone { get; init; }

    /// <summary>Sessions in all.</summary>
    public long SessionsTotal { get; init; }

    /// <summary>Messages that are done.</summary>
    public long MessagesDone { get; init; }

    /// <summary>Messages in all.</summary>
    public long MessagesTotal { get; init; }
}
