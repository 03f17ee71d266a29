namespace Kith.Core.Threads;

/// <summary>What a caller demands of the version that it changes.</summary>
/// <param name="Tags">One of these; null for any.</param>
/// <param name="MustExist">There is something to change already.</param>
/// <param name="MustBeNew">There is nothing yet.</param>
public sealed record Precondition(IReadOnlyList<string>? Tags = null, bool MustExist = false, bool MustBeNew = false)
{
    public static Precondition None { get; } = new();

    /// <exception cref="KithException">Conflict with detail <c>stale</c>.</exception>
    public void Demand(string? tag)
    {
        var holds = tag is null ? Tags is null && !MustExist : !MustBeNew && Tags?.Contains(tag) != false;
        if (!holds)
            throw new KithException(ErrorCode.Conflict, "Somebody else changed it first; read it again.") { Detail = "stale" };
    }
}
