namespace Kith.Http.Eliza;

/// <summary>Since when the host runs.</summary>
internal sealed class Uptime(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public double Seconds => time.GetElapsedTime(_start).TotalSeconds;
}
