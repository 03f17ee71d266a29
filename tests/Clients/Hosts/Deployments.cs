using System.Collections.Concurrent;
using System.Globalization;

namespace Kith.Clients.Hosts;

/// <summary>Every way in which Kith is run, each started when it is first asked for, with the published clients installed.</summary>
public sealed class Deployments : IAsyncLifetime
{
    public const string Secret = "of-the-tests-only-32-bytes-or-more";

    public const string Sqlite = "sqlite";

    public const string Azure = "azure";

    /// <summary>The Functions app on the same doubles.</summary>
    public const string Functions = "functions";

    /// <summary>Azure with services that fail at random, from the seed in <c>KITH_FAULT_SEED</c> or a fixed one.</summary>
    public const string AzureUnderFaults = "azure under faults";

    /// <summary>The same for the Functions app, whose queue delivers twice and out of order besides.</summary>
    public const string FunctionsUnderFaults = "functions under faults";

    private readonly ConcurrentDictionary<string, Lazy<Task<Deployment>>> _started = new();

    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("KITH_FAULT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20261201;

    public async ValueTask InitializeAsync() => await NodePackages.InstallAsync();

    internal Task<Deployment> OfAsync(string name) => _started.GetOrAdd(name, _ => new(() => StartAsync(name))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var started in _started.Values)
            await (await started.Value).DisposeAsync();
    }

    private static async Task<Deployment> StartAsync(string name)
    {
        Deployment deployment = name switch
        {
            Sqlite => new LocalDeployment(),
            Azure => new AzureDeployment(),
            Functions => new FunctionsDeployment(),
            AzureUnderFaults => new AzureDeployment(Seed),
            FunctionsUnderFaults => new FunctionsDeployment(Seed),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
        if (name is AzureUnderFaults or FunctionsUnderFaults)
            TestContext.Current.SendDiagnosticMessage($"KITH_FAULT_SEED={Seed}");
        await deployment.StartAsync();
        return deployment;
    }
}
