namespace Kith.Http.Eliza.Wire;

/// <param name="Uptime">Seconds.</param>
internal sealed record Health(string Status, long ActiveSessions, string Timestamp, long ExpiringSoon, double Uptime);
