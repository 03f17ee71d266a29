using System.Collections.Concurrent;
using System.Text.Json;
using Kith.Clients.Hosts;

namespace Kith.Clients;

/// <summary>Runs every check of <c>node/areas</c> with one version of the client, once, and keeps the results.</summary>
public sealed class HonchoClients : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentDictionary<(string Deployment, string Version), Lazy<Task<IReadOnlyList<Check>>>> _runs = new();
    private readonly Deployments _deployments = new();

    /// <summary>Of <c>@honcho-ai/sdk</c>, and of <c>@honcho-ai/core</c>, the generated client under 1.x.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["1.4.0", "1.5.0", "core-1.5.1", "core-1.8.0", "2.0.1", "2.1.2", "2.3.0", "2.4.0", "2.5.0"];

    /// <summary>Every version against SQLite. What the adapters below make of a call does not depend on the client's version: the newest of each line are enough.</summary>
    public static IEnumerable<(string Deployment, string Version)> Runs { get; } =
    [
        .. Versions.Select(version => (Deployments.Sqlite, version)),
        .. new[] { "1.5.0", "core-1.8.0", "2.5.0" }.Select(version => (Deployments.Azure, version)),
        .. new[] { "1.5.0", "core-1.8.0", "2.5.0" }.Select(version => (Deployments.Functions, version)),
        (Deployments.AzureUnderFaults, "2.5.0"),
        (Deployments.FunctionsUnderFaults, "2.5.0"),
    ];

    public static IReadOnlyList<string> AreasOf(string version)
    {
        if (version.StartsWith("core-", StringComparison.Ordinal))
            return ["core-workspaces", "core-peers", "core-sessions"];
        if (Version.Parse(version).Major == 1)
            return ["v2-workspaces", "v2-peers", "v2-sessions", "v2-messages", "v2-context", "v2-chat", "v2-seed"];
        string[] areas = ["workspaces", "peers", "sessions", "messages", "context", "conclusions", "chat", "errors", "game"];
        return Version.Parse(version) >= new Version(2, 4, 0) ? [.. areas, "scopes"] : areas;
    }

    public ValueTask InitializeAsync() => _deployments.InitializeAsync();

    /// <param name="area">One of <see cref="AreasOf"/>, or <c>coverage</c>: that every public member of the client was called.</param>
    public async Task<IReadOnlyList<Check>> ChecksAsync(string deployment, string version, string area)
    {
        var run = await _runs.GetOrAdd((deployment, version), _ => new(() => RunAsync(deployment, version))).Value;
        return [.. run.Where(check => check.Area == area)];
    }

    public ValueTask DisposeAsync() => _deployments.DisposeAsync();

    private async Task<IReadOnlyList<Check>> RunAsync(string deployment, string version)
    {
        var hosts = await _deployments.OfAsync(deployment);
        string[] arguments = ["run.mjs", version, string.Join(',', AreasOf(version)), hosts.Open.GetLeftPart(UriPartial.Authority), hosts.Guarded.GetLeftPart(UriPartial.Authority), Deployments.Secret];
        var lines = await NodePackages.RunAsync("node", arguments, Patience);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Check>(line, Json)!)];
    }

    /// <param name="Name">What was checked.</param>
    /// <param name="Error">Why it failed; null when it passed.</param>
    public sealed record Check(string Area, string Name, string? Error);
}
