namespace Kith.Core.Platforms;

/// <summary>Speaks to platforms. Does not throw for what a platform answers or fails to answer.</summary>
public interface IPlatformSender
{
    Task<PlatformAnswer> SendAsync(PlatformCall call, CancellationToken cancellationToken);
}
