namespace Kith.Local;

/// <summary>What the command line and <c>KITH_</c> variables say: <c>--urls</c>, <c>--port</c>, <c>--data</c>.</summary>
internal sealed record LocalOptions(IReadOnlyList<string> Urls, string DataFolder)
{
    private const string DefaultPort = "8000";
    private const string DefaultDataFolder = ".kith";

    /// <summary>An address that other machines can reach; null when there is none.</summary>
    public string? FirstForeignAddress => Urls.FirstOrDefault(url => !Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback);

    public static LocalOptions From(IConfiguration configuration)
    {
        var urls = configuration["port"] is { } port ? Loopback(port) : configuration["urls"] ?? Loopback(DefaultPort);
        return new(
            urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Path.GetFullPath(configuration["data"] ?? DefaultDataFolder));
    }

    private static string Loopback(string port) => $"http://127.0.0.1:{port}";
}
