namespace Kith.Clients.Hosts;

/// <summary>Kith as it can be run: a host that is open and one that asks for keys.</summary>
internal abstract class Deployment : IAsyncDisposable
{
    protected static readonly (string Name, string Value)[] KeysAreAsked = [("Auth:UseAuth", "true"), ("Auth:JwtSecret", Deployments.Secret)];

    public abstract Uri Open { get; }

    public abstract Uri Guarded { get; }

    public abstract Task StartAsync();

    public abstract ValueTask DisposeAsync();
}
