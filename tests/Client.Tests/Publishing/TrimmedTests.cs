using System.Runtime.InteropServices;

namespace Kith.Client.Tests.Publishing;

/// <summary>The quick start as an application ships it: trimmed, with everything in it that it needs.</summary>
public sealed class TrimmedTests : IDisposable
{
    private static readonly string[] Sources = ["src/Client", "src/Package.props", "samples/QuickStart", "Directory.Build.props", "Directory.Packages.props", ".editorconfig"];

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("kith-trimmed-");

    [Fact]
    public async Task A_trimmed_publish_has_no_warning_and_works()
    {
        // A copy: publishing for one platform changes lock files, and other tests build the originals.
        foreach (var source in Sources)
            Copy(Repository.PathOf(source), Path.Combine(_copy.FullName, source));
        var published = await Processes.RunAsync(
            "dotnet",
            ["publish", Path.Combine(_copy.FullName, "samples/QuickStart"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained",
                "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", "-p:RestorePackagesWithLockFile=false", "-o", Path.Combine(_copy.FullName, "out"), "-nologo"],
            new Dictionary<string, string?> { ["CI"] = null });
        Assert.True(published.ExitCode == 0, published.Output);
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);

        await using var host = new ListeningHost();
        var said = await Processes.RunAsync(Path.Combine(_copy.FullName, "out", "Kith.QuickStart"), [], new Dictionary<string, string?> { ["KITH_BASE_URL"] = host.Address.ToString() });
        Assert.True(said.ExitCode == 0, said.Output);
        Assert.Contains("Rome", said.Output, StringComparison.Ordinal);
        Assert.Contains("assistant: Rome it is!", said.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _copy.Delete(recursive: true);

    private static void Copy(string source, string target)
    {
        if (File.Exists(source))
        {
            File.Copy(source, target);
            return;
        }

        Directory.CreateDirectory(target);
        foreach (var entry in Directory.EnumerateFileSystemEntries(source).Where(entry => Path.GetFileName(entry) is not ("bin" or "obj" or "packages.lock.json")))
            Copy(entry, Path.Combine(target, Path.GetFileName(entry)));
    }
}
