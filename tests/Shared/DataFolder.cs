namespace Kith.Testing;

/// <summary>A data folder of a host under test; gone afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kith-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
