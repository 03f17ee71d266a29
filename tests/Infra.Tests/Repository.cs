namespace Kith.Infra.Tests;

/// <summary>The files that these tests are about are not part of any build: they are read where they are.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Root = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Kith.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests run inside the repository.");
    });

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root.Value, .. parts]);

    public static string Text(params string[] parts) => File.ReadAllText(Path(parts));

    /// <summary>Sources below a folder, without what a build made there; none where the folder is missing.</summary>
    public static IEnumerable<string> Sources(string folder, string pattern)
    {
        var root = Path(folder);
        return !Directory.Exists(root) ? [] : Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
            .Where(file => !System.IO.Path.GetRelativePath(root, file).Split('/', '\\').Any(part => part is "bin" or "obj" or "node_modules"));
    }
}
