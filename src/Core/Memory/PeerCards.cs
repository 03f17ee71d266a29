namespace Kith.Core.Memory;

/// <summary>The short list of what matters most, per observer and observed.</summary>
public sealed class PeerCards
{
    /// <summary>Null when there is none.</summary>
    public Task<IReadOnlyList<string>?> FindAsync(string workspace, string observer, string observed, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Replaces the card as a person's: background work does not change it afterwards. Creates the observer when missing.</summary>
    public Task SetAsync(string workspace, string observer, string observed, IReadOnlyList<string> lines, CancellationToken cancellationToken) => throw new NotSupportedException();
}
