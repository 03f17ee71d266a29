namespace Kith.Core.Directory;

/// <summary>Which peers a list shows.</summary>
public enum PeerKinds
{
    Peers,
    Scopes,
    All,
}
