namespace Kith.Client.Threads;

/// <summary>Why a document was not taken over.</summary>
/// <param name="Index">Its place, from 0 on.</param>
/// <param name="ThreadId">Where it names one.</param>
/// <param name="Reason">Why.</param>
public sealed record ImportRefusal(int Index, string? ThreadId, string Reason);
