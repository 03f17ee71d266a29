namespace Kith.Core.Reasoning;

/// <summary>A message that recall brought up for a question.</summary>
public sealed record RecalledMessage(string Id, string SessionId, string PeerId, string Content, DateTimeOffset CreatedAt, double Score, double? Distance);
