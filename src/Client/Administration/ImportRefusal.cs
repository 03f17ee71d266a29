namespace Kith.Client.Administration;

/// <summary>A line that was not taken over.</summary>
/// <param name="Line">Its number, from 1 on.</param>
/// <param name="Reason">Why.</param>
public sealed record ImportRefusal(long Line, string Reason);
