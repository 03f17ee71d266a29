namespace Kith.Core.Reasoning;

/// <summary>A message as reasoners see it.</summary>
public sealed record Turn(string MessageId, string PeerId, string Content, DateTimeOffset CreatedAt);
