using System.Text.Json;

namespace Kith.Infra.Tests;

/// <summary>Every Bicep file of the repository, parsed once by npm's <c>tree-sitter-bicep</c> (spec packages §6.7: the compiler cannot be had offline).</summary>
public sealed class Bicep : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 512 };

    public IReadOnlyDictionary<string, BicepFile> Files { get; private set; } = new Dictionary<string, BicepFile>();

    public BicepFile Main => Files["main.bicep"];

    public async ValueTask InitializeAsync()
    {
        await NodePackages.InstallAsync();
        var folder = Repository.Path("infra");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.bicep", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Files = (await ParseAsync(files)).ToDictionary(file => Path.GetRelativePath(folder, file.Path).Replace('\\', '/'), StringComparer.Ordinal);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static async Task<IReadOnlyList<BicepFile>> ParseAsync(IEnumerable<string> files)
    {
        var lines = await NodePackages.RunAsync("node", ["parse.mjs", .. files], Patience);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Parsed>(line, Json)!).Select(parsed => new BicepFile(parsed.File, parsed.Root))];
    }

    private sealed record Parsed(string File, BicepNode Root);
}
