namespace Kith.Http.Keys.Wire;

/// <summary>What the key of a request opens.</summary>
/// <param name="Required">Whether this server asks for keys at all.</param>
/// <param name="Admin">Opens the whole server, as every caller does where no keys are asked for.</param>
internal sealed record CallingKey(bool Required, bool Admin, string? Workspace, string? Peer, string? Session, bool ReadOnly);
