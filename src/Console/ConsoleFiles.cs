using System.Collections.Frozen;

namespace Kith.ConsolePages;

/// <summary>The console: one page and what it loads, as it lies in this assembly.</summary>
public static class ConsoleFiles
{
    /// <summary>The page itself.</summary>
    public const string Page = "index.html";

    /// <summary>
    /// Scripts, styles and requests of its own origin only, and no markup from text: what a message says can never run. Images are the icons of the page and its style.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>By name: paths below <c>/console/</c>.</summary>
    public static FrozenDictionary<string, ConsoleFile> All { get; } = Load();

    private static FrozenDictionary<string, ConsoleFile> Load()
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        return assembly.GetManifestResourceNames().ToFrozenDictionary(name => name, Read, StringComparer.Ordinal);

        ConsoleFile Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return ConsoleFile.Of(name, content);
        }
    }
}
