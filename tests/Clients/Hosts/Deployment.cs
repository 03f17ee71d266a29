namespace Kith.Clients.Hosts;

/// <summary>Kith as it can be run: a host that is open and one that asks for keys.</summary>
internal abstract class Deployment : IAsyncDisposable
{
    /// <summary>Of requests to a service.</summary>
    protected const double FaultShare = 0.05;

    /// <summary>Both adapters try four times, so that nothing of it may be seen by a caller.</summary>
    protected const int FaultsInARow = 3;

    protected static readonly (string Name, string Value)[] KeysAreAsked = [("Auth:UseAuth", "true"), ("Auth:JwtSecret", Deployments.Secret)];

    public abstract Uri Open { get; }

    public abstract Uri Guarded { get; }

    public abstract Task StartAsync();

    public abstract ValueTask DisposeAsync();
}
