namespace Kith.Core;

/// <summary>The refusals that more than one place needs, in the words of spec honcho-api §9.</summary>
internal static class Errors
{
    public static KithException WorkspaceNotFound(string workspace) => new(ErrorCode.NotFound, $"Workspace {workspace} not found");

    public static KithException SessionNotFound(string session, string workspace) =>
        new(ErrorCode.NotFound, $"Session {session} not found in workspace {workspace}");

    public static KithException PeerNotFound(string peer, string workspace) =>
        new(ErrorCode.NotFound, $"Peer {peer} not found in workspace {workspace}");

    public static KithException ScopeNotFound(string scope, string workspace) =>
        new(ErrorCode.NotFound, $"Scope {scope} not found in workspace {workspace}");

    public static KithException ConclusionNotFound(string conclusion, string workspace) =>
        new(ErrorCode.NotFound, $"Document {conclusion} not found or does not belong to workspace {workspace}");

    public static KithException IsScope(string peer) =>
        new(ErrorCode.Invalid, $"Peer '{peer}' is a scope and cannot be used here");

    public static KithException BadWorkspaceName(string name) =>
        new(ErrorCode.Invalid, $"Workspace name '{name}' must match pattern {Names.Pattern} and have at most {Limits.IdCharacters} characters");

    public static KithException BadSessionName(string name) =>
        new(ErrorCode.Invalid, $"Session name '{name}' must match pattern {Names.Pattern} and have at most {Limits.IdCharacters} characters");

    public static KithException BadPeerNames(IEnumerable<string> names) =>
        new(ErrorCode.Invalid, $"Peer name(s) [{string.Join(", ", names.Select(name => $"'{name}'"))}] must match pattern {Names.Pattern}");

    public static KithException TooLarge() =>
        new(ErrorCode.BudgetExceeded, $"Nothing may have more than {Limits.DocumentBytes} bytes with its metadata and configuration") { Detail = "too_large" };

    public static KithException TooManyObservers(string session, int observers) => new(
        ErrorCode.BudgetExceeded,
        $"Cannot create session {session} with {observers} observers. Maximum allowed is {Limits.ObserversPerSession} observers per session. Observers are peers with 'observe_others' set to true.");
}
