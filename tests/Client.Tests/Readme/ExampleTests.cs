using System.Reflection;
using System.Xml.Linq;
using Kith.Client.Tests.Publishing;

namespace Kith.Client.Tests.Readme;

/// <summary>The examples of the packages, in their documentation and their READMEs, are compiled as they stand: all of them at once, by the compiler of the SDK that runs this.</summary>
public sealed class ExampleTests : IDisposable
{
    private static readonly string[] Packages = ["Client", "Client.AgentFramework", "Client.DependencyInjection", "Client.OpenAI", "Client.SemanticKernel"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kith-examples-");

    [Fact]
    public async Task Every_example_compiles()
    {
        (string Place, string Code)[] examples = [.. Packages.SelectMany(package => OfDocumentation(package).Concat(OfReadme(package)))];
        Assert.InRange(examples.Length, 100, 500);
        var sources = examples.Select((example, i) => Write($"Example{i}.cs", Source(i, example.Place, example.Code))).Append(Repository.PathOf("tests/Client.Tests/Readme/ExampleContext.txt")).ToList();
        var output = await CompileAsync(sources);
        Assert.True(output.Length == 0, output);
    }

    [Fact]
    public async Task An_example_that_does_not_compile_is_found()
    {
        var source = Write("Wrong.cs", Source(0, "nowhere", "await kith.NoSuchCallAsync();"));
        Assert.Contains("NoSuchCallAsync", await CompileAsync([source, Repository.PathOf("tests/Client.Tests/Readme/ExampleContext.txt")]), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<(string Place, string Code)> OfDocumentation(string package) => XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, $"Kith.{package}.xml"))
        .Descendants("member")
        .SelectMany(member => member.Descendants("code").Select(code => ($"{member.Attribute("name")!.Value}", code.Value)));

    private static IEnumerable<(string Place, string Code)> OfReadme(string package) => File
        .ReadAllText(Repository.PathOf($"src/{package}/README.md"))
        .Split("```csharp\n")
        .Skip(1)
        .Select((rest, i) => ($"README of {package}, example {i + 1}", rest.Split("```")[0]));

    /// <summary>Statements become a method, members are given a class to be in, and classes stand by themselves. What an example takes for granted, the context has.</summary>
    private static string Source(int number, string place, string code)
    {
        var context = place.Contains("SemanticKernel", StringComparison.Ordinal) ? "KernelContext" : "ExampleContext";
        var body = code.TrimStart() switch
        {
            var text when text.StartsWith("internal ", StringComparison.Ordinal) => text.Replace("class OfflinePeer", $"class OfflinePeer{number}", StringComparison.Ordinal),
            var text when text.StartsWith("public override", StringComparison.Ordinal) => $"class Example{number} : Session {{ {text} }}",
            var text => $"class Example{number} : {context} {{ public async Task RunAsync() {{ await Task.Yield();\n{text}\n}} }}",
        };
        return $"// {place}\n#line 1 \"{place.Replace('"', '\'')}\"\n{body}";
    }

    private string Write(string name, string source)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, source);
        return path;
    }

    private async Task<string> CompileAsync(IEnumerable<string> sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(assembly => $"-reference:\"{assembly}\"");
        string[] options = ["-target:library", $"-out:\"{Path.Combine(_folder.FullName, "Examples.dll")}\"", "-nologo", "-nullable:enable", "-warn:0", "-langversion:latest"];
        var arguments = Write("examples.rsp", string.Join('\n', options.Concat(references).Concat(sources.Select(source => $"\"{source}\""))));
        var compiler = typeof(ExampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Compiler").Value!;
        return (await Processes.RunAsync("dotnet", [compiler, "-noconfig", $"@{arguments}"])).Output;
    }
}
