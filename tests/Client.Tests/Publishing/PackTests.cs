using System.IO.Compression;
using System.Xml.Linq;

namespace Kith.Client.Tests.Publishing;

/// <summary>The packages as they would be published, made of what was built already: nothing is restored and nothing compiled.</summary>
public sealed class PackTests : IDisposable
{
    private static readonly string[] Packages = ["Client", "Client.AgentFramework", "Client.DependencyInjection", "Client.OpenAI", "Client.SemanticKernel"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kith-packages-");

    [Fact]
    public async Task A_package_has_all_that_its_readers_need()
    {
        var project = Path.Combine(_folder.FullName, "pack.proj");
        var projects = string.Join(';', Packages.Select(package => Repository.PathOf($"src/{package}/{package}.csproj")));
        await File.WriteAllTextAsync(
            project,
            $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{projects}" Targets="Pack" Properties="NoBuild=true;Configuration={Processes.Configuration};PackageOutputPath={_folder.FullName}" />
              </Target>
            </Project>
            """,
            TestContext.Current.CancellationToken);
        var packed = await Processes.RunAsync("dotnet", ["msbuild", project, "-t:Pack", "-nologo", "-v:q"]);
        Assert.True(packed.ExitCode == 0, packed.Output);

        foreach (var package in Packages)
        {
            var id = $"Kith.{package}";
            using var content = await ZipFile.OpenReadAsync(Path.Combine(_folder.FullName, $"{id}.0.1.0.nupkg"), TestContext.Current.CancellationToken);
            Assert.Equal(
                [$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", "README.md"],
                content.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal) || name == "README.md").Order(StringComparer.OrdinalIgnoreCase));
            Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf($"src/{package}/README.md"), TestContext.Current.CancellationToken), await TextAsync(content, "README.md"));

            var about = XDocument.Parse(await TextAsync(content, $"{id}.nuspec"));
            Assert.Equal((id, "0.1.0", "MIT", "README.md"), (Value(about, "id"), Value(about, "version"), Value(about, "license"), Value(about, "readme")));
            Assert.All(["authors", "description", "tags"], name => Assert.NotEqual("", Value(about, name)));
            var dependencies = about.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).ToList();
            if (package == "Client")
                Assert.Empty(dependencies);
            else
                Assert.Contains("Kith.Client", dependencies);

            using var symbols = await ZipFile.OpenReadAsync(Path.Combine(_folder.FullName, $"{id}.0.1.0.snupkg"), TestContext.Current.CancellationToken);
            Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{id}.pdb");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Value(XDocument about, string name) => about.Descendants().Single(element => element.Name.LocalName == name).Value;

    private static async Task<string> TextAsync(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(await archive.GetEntry(name)!.OpenAsync(TestContext.Current.CancellationToken));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
