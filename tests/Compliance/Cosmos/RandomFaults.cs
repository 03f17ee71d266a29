namespace Kith.Compliance.Tests.Cosmos;

/// <summary>Faults drawn from a seed.</summary>
internal static class RandomFaults
{
    private static readonly GatewayFault[] All = [.. Enum.GetValues<GatewayFault>().Where(fault => fault != GatewayFault.None)];

    /// <param name="share">Of requests, 0 to 1.</param>
    /// <param name="inARow">At most so many one after the other.</param>
    public static Func<GatewayRequestKind, GatewayFault> Seeded(int seed, double share, int inARow)
    {
        var random = new Random(seed);
        var row = 0;
        return _ =>
        {
            lock (random)
            {
                if (row >= inARow || random.NextDouble() >= share)
                {
                    row = 0;
                    return GatewayFault.None;
                }
                row++;
                return All[random.Next(All.Length)];
            }
        };
    }
}
