using System.Runtime.InteropServices;
using Kith.Core;
using SQLitePCL;

namespace Kith.Local.Storage;

/// <summary>Binds the managed provider to the SQLite of the operating system, which is patched with it.</summary>
internal static class SystemSqlite
{
    /// <summary>ON CONFLICT DO UPDATE came with it; Debian 10, macOS 10.15 and Windows 10 (2004) have a later one.</summary>
    private static readonly Version Minimum = new(3, 24, 0);

    /// <summary>Before it the JSON functions were an option, which the usual distributions choose.</summary>
    private static readonly Version JsonBuiltIn = new(3, 38, 0);

    private static readonly Lazy<Version> Bound = new(Bind);

    /// <summary>The version in use; binds at the first call.</summary>
    /// <exception cref="KithException"><see cref="ErrorCode.Unavailable"/>: the library is missing or too old; the message names the package to install.</exception>
    public static Version Version => Bound.Value;

    internal static IReadOnlyList<string> LibraryNames =>
        OperatingSystem.IsWindows() ? ["winsqlite3.dll", "sqlite3.dll"]
        : OperatingSystem.IsMacOS() ?
        [
            "libsqlite3.dylib",
            "/usr/lib/libsqlite3.dylib",
            "/opt/homebrew/opt/sqlite/lib/libsqlite3.dylib",
            "/usr/local/opt/sqlite/lib/libsqlite3.dylib",
        ]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    internal static nint Load(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }
        throw new KithException(ErrorCode.Unavailable,
            $"SQLite was not found (tried {string.Join(", ", names)}). Install it: Debian or Ubuntu 'apt-get install libsqlite3-0', " +
            "Fedora 'dnf install sqlite-libs', Alpine 'apk add sqlite-libs', macOS 'brew install sqlite'; Windows 10 and later include it.");
    }

    internal static Version DemandMinimum(string version)
    {
        var found = Version.Parse(version);
        return found >= Minimum
            ? found
            : throw new KithException(ErrorCode.Unavailable, $"SQLite {found} is too old: Kith needs {Minimum} or later. Update the operating system's SQLite package.");
    }

    private static Version Bind()
    {
        var library = Load(LibraryNames);
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? library : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        var version = DemandMinimum(raw.sqlite3_libversion().utf8_to_string());
        var hasJson = version >= JsonBuiltIn ? raw.sqlite3_compileoption_used("OMIT_JSON") == 0 : raw.sqlite3_compileoption_used("ENABLE_JSON1") != 0;
        return hasJson
            ? version
            : throw new KithException(ErrorCode.Unavailable, $"SQLite {version} was built without its JSON functions. Install the operating system's own SQLite package.");
    }
}
