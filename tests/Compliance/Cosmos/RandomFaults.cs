namespace Kith.Compliance.Tests.Cosmos;

/// <summary>Faults drawn from a seed.</summary>
internal static class RandomFaults
{
    /// <param name="share">Of requests, 0 to 1.</param>
    /// <param name="inARow">At most so many one after the other.</param>
    public static Func<GatewayRequestKind, GatewayFault> Seeded(int seed, double share, int inARow)
    {
        var faults = Seeded<GatewayFault>(seed, share, inARow);
        return _ => faults();
    }

    /// <typeparam name="T">What may happen; nothing is its default.</typeparam>
    public static Func<T> Seeded<T>(int seed, double share, int inARow)
        where T : struct, Enum
    {
        T[] all = [.. Enum.GetValues<T>().Where(fault => !fault.Equals(default(T)))];
        var random = new Random(seed);
        var row = 0;
        return () =>
        {
            lock (random)
            {
                if (row >= inARow || random.NextDouble() >= share)
                {
                    row = 0;
                    return default;
                }
                row++;
                return all[random.Next(all.Length)];
            }
        };
    }
}
