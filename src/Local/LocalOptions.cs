using System.Globalization;
using Kith.Core;

namespace Kith.Local;

/// <summary>What the command line and <c>KITH_</c> variables say: <c>--urls</c>, <c>--port</c>, <c>--data</c>, <c>--storage</c>.</summary>
internal sealed record LocalOptions(IReadOnlyList<string> Urls, string DataFolder, LocalStorage Storage)
{
    private const int DefaultPort = 8000;
    private const string DefaultDataFolder = ".kith";

    public const string Usage = """
        Kith: conversation memory for AI agents, whole on this machine.

          --port NUMBER    port on 127.0.0.1 (8000)
          --urls ADDRESSES addresses separated by ';'; others than loopback only with authentication on
          --data FOLDER    data folder (./.kith)
          --storage PLACE  local (SQLite in the data folder) or azure (Cosmos DB and AI Search, see docs/operations.md)
          --help           this text

          mcp              speak the Model Context Protocol on standard input and output instead:
            --server URL   for a Kith that runs there (KITH_API_KEY is its key); without it, on the data folder
            --workspace ID workspace (default)
            --peer ID      whose memory it is (user)

        Every setting of docs/operations.md works too: --Auth:UseAuth true, or KITH_Auth__UseAuth=true in the environment.
        """;

    /// <summary>Options and sections; those of the host itself are what test hosts pass.</summary>
    private static readonly string[] Known =
        ["--port", "--urls", "--data", "--storage", "--Auth", "--Cors", "--Cosmos", "--Eliza", "--Limits", "--Model", "--Search", "--Secrets", "--Webhooks", "--AUTH_USE_AUTH", "--AUTH_JWT_SECRET", "--CORS_ORIGINS", "--WEBHOOK_SECRET", "--environment", "--contentRoot", "--applicationName"];

    /// <exception cref="KithException">A setting cannot be used.</exception>
    public static LocalOptions From(IConfiguration configuration)
    {
        var urls = configuration["port"] is { } port ? Loopback(PortOf(port)) : configuration["urls"] ?? Loopback(DefaultPort);
        return new(
            urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Path.GetFullPath(configuration["data"] ?? DefaultDataFolder),
            StorageOf(configuration["storage"]));
    }

    /// <exception cref="KithException">An option that nothing reads, most likely misspelt.</exception>
    public static void DemandKnown(IEnumerable<string> args, params ReadOnlySpan<string> further)
    {
        string[] known = [.. Known, .. further];
        var unknown = args.Where(arg => arg.StartsWith('-')).Select(arg => arg.Split('=', ':')[0]).FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
            throw new KithException(ErrorCode.Invalid, $"There is no option {unknown}. Try --help.");
    }

    /// <exception cref="KithException">Other machines could reach an address.</exception>
    public void DemandLoopback()
    {
        foreach (var url in Urls)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
            {
                throw new KithException(
                    ErrorCode.Forbidden,
                    $"Without authentication Kith listens on this machine only, not on {url}. Set KITH_Auth__UseAuth=true and KITH_Auth__JwtSecret to open it.");
            }
        }
    }

    private static LocalStorage StorageOf(string? text) => text?.ToUpperInvariant() switch
    {
        null or "LOCAL" => LocalStorage.Local,
        "AZURE" => LocalStorage.Azure,
        _ => throw new KithException(ErrorCode.Invalid, $"--storage takes local or azure, not '{text}'"),
    };

    private static int PortOf(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65_535
            ? port
            : throw new KithException(ErrorCode.Invalid, $"--port takes a number up to 65535, not '{text}'");

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
