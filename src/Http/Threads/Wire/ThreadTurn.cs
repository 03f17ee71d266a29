namespace Kith.Http.Threads.Wire;

/// <summary>What model APIs take as a message.</summary>
internal sealed record ThreadTurn(string Role, string Content);
