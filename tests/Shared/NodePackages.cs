using System.ComponentModel;
using System.Diagnostics;

namespace Kith.Testing;

/// <summary>The published clients, installed from npm beside the scripts in the output folder; again only when the lock file changes.</summary>
internal static class NodePackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "node");

    private static string Lock => Path.Combine(Folder, "package-lock.json");

    private static string Installed => Path.Combine(Folder, "node_modules", ".kith-installed");

    public static async Task InstallAsync()
    {
        using var alone = await AloneAsync();
        var wanted = await File.ReadAllTextAsync(Lock);
        if (File.Exists(Installed) && await File.ReadAllTextAsync(Installed) == wanted)
            return;
        await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"], Patience);
        await File.WriteAllTextAsync(Installed, wanted);
    }

    /// <summary>Runs a program in the scripts' folder and returns what it prints.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, TimeSpan patience)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The clients read these; the tests say everything themselves.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("HONCHO_", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using var process = Start(start);
        using var deadline = new CancellationTokenSource(patience);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {patience}: {await output}{await errors}");
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await output}{await errors}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"'{start.FileName}' cannot be started. The tests of the published clients need Node.js 20 or later with npm on the path.", exception);
        }
    }

    /// <summary>Keeps two test runs of one output folder from installing at the same time.</summary>
    private static async Task<FileStream> AloneAsync()
    {
        for (var deadline = DateTime.UtcNow + Patience; ; await Task.Delay(100))
        {
            try
            {
                return new FileStream(Path.Combine(Folder, ".install"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                // Another run holds it.
            }
        }
    }
}
