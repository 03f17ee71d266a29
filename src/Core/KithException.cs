namespace Kith.Core;

/// <summary>The only exception that the core throws on purpose. Its message is meant for the caller and holds no message content.</summary>
public sealed class KithException(ErrorCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why the call was refused.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>Narrows <see cref="Code"/> where one protocol distinguishes more cases, for example <c>unsupported_media_type</c>. Null for most.</summary>
    public string? Detail { get; init; }

    /// <summary>For what is unavailable until a time that is known.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
