namespace Kith.Client.Tests;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class Repository
{
    public static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Kith.slnx")))
                return Path.Combine(folder.FullName, file);
        }

        throw new DirectoryNotFoundException("These tests run in a clone of the repository.");
    }
}
