using Kith.Compliance.Tests;
using Kith.Functions.Double;
using Kith.Http.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Clients.Hosts;

/// <summary>
/// The Functions app behind its double of the host: HTTP triggers, the queue of hints, durable orchestrations, timers. Documents and recall are on doubles of
/// Cosmos DB and AI Search. The app is never open; for clients that send no key its authentication is taken out.
/// </summary>
internal static class FunctionsOnAzure
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    /// <param name="settings">Those of authentication, for a host that asks for keys; it is open without.</param>
    public static Task<FunctionsHost> StartAsync(AzureDoubles doubles, params IReadOnlyList<(string Name, string Value)> settings)
    {
        // Agents of tests answer from this machine, which a deployed app refuses to call.
        var all = new Dictionary<string, string?> { ["Eliza:PrivateResponders"] = "true" };
        foreach (var (name, value) in AzureDoubles.Settings)
            all[name] = value;
        foreach (var (name, value) in settings)
            all[name] = value;
        return FunctionsHost.StartAsync(all, Replace, SweepEvery);

        void Replace(IServiceCollection services)
        {
            doubles.Replace(services);
            if (settings.Count == 0)
                services.AddSingleton(new AuthOptions());
        }
    }
}
