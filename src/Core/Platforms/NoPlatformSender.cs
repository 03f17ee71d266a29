namespace Kith.Core.Platforms;

/// <summary>For hosts that speak to nobody.</summary>
internal sealed class NoPlatformSender : IPlatformSender
{
    public Task<PlatformAnswer> SendAsync(PlatformCall call, CancellationToken cancellationToken) => Task.FromResult(new PlatformAnswer(null, "This host speaks to no platform"));
}
