namespace Kith.Faults;

internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kith-faults-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
