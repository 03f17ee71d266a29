using System.Text.Json;

namespace Kith.Browser;

/// <summary>Runs every check of <c>node/areas</c> once in one browser and keeps the results; screenshots stay beside the assembly, in <c>screenshots</c>.</summary>
public sealed class ConsoleVisits : IAsyncLifetime
{
    private const string Secret = "of-the-tests-only-32-bytes-or-more";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly DataFolder _openData = new();
    private readonly DataFolder _guardedData = new();
    private readonly Lazy<Task<IReadOnlyList<Check>>> _checks;
    private HostProcess? _open;
    private HostProcess? _guarded;

    public ConsoleVisits() => _checks = new(RunAsync);

    /// <summary>With <c>KITH_TEST_LARGE</c> set also how fast the pages of a large workspace are, which takes minutes and a quiet machine.</summary>
    public static IReadOnlyList<string> Areas { get; } =
        ["readme", "pages", "changes", "work", "access", "keyboard", .. Environment.GetEnvironmentVariable("KITH_TEST_LARGE") is null ? Array.Empty<string>() : ["large"]];

    public async ValueTask InitializeAsync()
    {
        await NodePackages.InstallAsync();
        _open = await HostProcess.StartAsync(_openData);
        _guarded = await HostProcess.StartAsync(_guardedData, "--Auth:UseAuth", "true", "--Auth:JwtSecret", Secret);
    }

    public Task<IReadOnlyList<Check>> ChecksAsync() => _checks.Value;

    public async ValueTask DisposeAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
        if (_guarded is not null)
            await _guarded.DisposeAsync();
        _openData.Dispose();
        _guardedData.Dispose();
    }

    private async Task<IReadOnlyList<Check>> RunAsync()
    {
        var screenshots = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
        string[] arguments = ["run.mjs", string.Join(',', Areas), _open!.Address.GetLeftPart(UriPartial.Authority), _guarded!.Address.GetLeftPart(UriPartial.Authority), Secret, screenshots];
        var lines = await NodePackages.RunAsync("node", arguments, Patience);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Check>(line, Json)!)];
    }

    /// <param name="Name">What was checked.</param>
    /// <param name="Error">Why it failed; null when it passed.</param>
    public sealed record Check(string Area, string Name, string? Error);
}
