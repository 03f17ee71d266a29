namespace Kith.Core.Directory;

/// <summary>How a peer takes part in a session; null falls through to the peer's own setting or the default (spec honcho-api §5.4).</summary>
public sealed record MemberSettings(bool? ObserveMe = null, bool? ObserveOthers = null)
{
    public static MemberSettings Default { get; } = new();
}
