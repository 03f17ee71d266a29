namespace Kith.Core.Erasing;

/// <summary>What is to be erased, by id.</summary>
/// <param name="Session">Of a session or a message.</param>
public sealed record ErasureTarget(ErasureKind Kind, string? Session = null, string? Message = null, string? Peer = null, string? Conclusion = null)
{
    internal string Id => Ids.Of("erasure", Kind.ToString(), Session ?? "", Message ?? "", Peer ?? "", Conclusion ?? "");
}
