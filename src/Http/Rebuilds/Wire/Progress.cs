namespace Kith.Http.Rebuilds.Wire;

/// <summary>Totals are counted at the beginning, and zero until then.</summary>
internal sealed record Progress(long SessionsDone, long SessionsTotal, long MessagesDone, long MessagesTotal);
