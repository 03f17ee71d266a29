using System.Security.Cryptography;
using Kith.Core;
using Kith.Core.Secrets;

namespace Kith.Local;

/// <summary>The key of this machine's secrets, where no setting names one: made once, in the data folder, for its owner alone.</summary>
internal static class LocalKey
{
    private const string FileName = "secrets.key";
    private const int Bytes = 32;

    /// <exception cref="KithException">The file holds something else.</exception>
    public static string Of(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            TryWrite(path);
        return File.ReadAllText(path).Trim() is { Length: >= SecretBox.FewestKeyCharacters } key
            ? key
            : throw new KithException(ErrorCode.Invalid, $"{path} is no key: put back the one that was there. Without it the secrets of connections and webhooks are lost.");
    }

    /// <summary>Whoever comes second takes the first one's key.</summary>
    private static void TryWrite(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var fresh = $"{path}.{Path.GetRandomFileName()}";
        using (var writer = new StreamWriter(fresh, options))
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        try
        {
            File.Move(fresh, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(fresh);
        }
    }
}
