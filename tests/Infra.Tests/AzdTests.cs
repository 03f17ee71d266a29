using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kith.Infra.Tests;

public sealed partial class AzdTests(Bicep bicep) : IClassFixture<Bicep>
{
    private static readonly Dictionary<string, string> Provisioned = new()
    {
        ["KITH_URL"] = "https://func.azurewebsites.net",
        ["KITH_COSMOS_ENDPOINT"] = "https://cosmos.documents.azure.com:443/",
        ["KITH_COSMOS_DATABASE"] = "kith",
        ["KITH_MODEL_ENDPOINT"] = "https://oai.openai.azure.com/openai/v1/",
        ["KITH_CHAT_MODEL"] = "chat",
        ["KITH_EMBEDDING_DIMENSIONS"] = "256",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_service_is_found_by_its_tag_and_every_hook_exists()
    {
        var yaml = Repository.Text("azure.yaml");
        Assert.Contains("  api:\n    project: ./functions\n    language: dotnet\n    host: function\n", yaml, StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': 'api'", bicep.Files["modules/app.bicep"].Resources["app"].Text, StringComparison.Ordinal);
        var hooks = Hook().Matches(yaml).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(4, hooks.Count);
        Assert.All(hooks, hook => Assert.True(File.Exists(Repository.Path("infra", "hooks", hook)), hook));
    }

    [Fact]
    public void What_bicep_and_hooks_say_of_the_app_is_so()
    {
        Assert.True(File.Exists(Repository.Path("functions", "Functions.csproj")), "The prepackage hook writes Functions.csproj.azd.props.");
        var sources = string.Concat(Repository.Sources("functions", "*.cs").Concat(Repository.Sources("src", "*.cs")).Select(File.ReadAllText));
        Assert.Contains($"\"{bicep.Main.Variables["workQueue"].Value!.Literal}\"", sources, StringComparison.Ordinal);
        var queries = bicep.Files["modules/alerts.bicep"].Variables["queries"].Text;
        foreach (var phrase in (string[])["PoisonedWork", "failed for good"])
        {
            Assert.Contains($"\"{phrase}\"", queries, StringComparison.Ordinal);
            Assert.Contains(phrase, sources, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hooks_read_outputs_of_the_deployment()
    {
        foreach (var hook in (string[])["postprovision.sh", "postprovision.ps1", "prepackage.sh", "prepackage.ps1"])
        {
            var read = HookVariable().Matches(Repository.Text("infra", "hooks", hook)).Select(match => match.Groups[1].Value).Distinct().ToList();
            Assert.NotEmpty(read);
            Assert.Empty(read.Except(bicep.Main.Outputs.Keys));
        }
    }

    [Fact]
    public async Task The_hook_writes_settings_that_the_sample_lists_and_keeps_those_that_exist()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new DataFolder();
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "functions")).FullName, "local.settings.json");
        await RunAsync("postprovision.sh", folder.Path);
        var first = await File.ReadAllTextAsync(file, Cancelled);
        var values = JsonDocument.Parse(first).RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);
        Assert.Empty(values.Keys.Except(Settings.Sample.Keys));
        Assert.Equal(("kith", "256", "", "https://cognitiveservices.azure.com/.default"), (values["KITH_Cosmos__Database"], values["KITH_Model__EmbeddingDimensions"], values["KITH_Search__Endpoint"], values["KITH_Model__EntraScope"]));
        Assert.Equal(64, values["KITH_Auth__JwtSecret"].Length);
        // Only its owner reads the secret.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await RunAsync("postprovision.sh", folder.Path);
        Assert.Equal(first, await File.ReadAllTextAsync(file, Cancelled));
        var powershell = Repository.Text("infra", "hooks", "postprovision.ps1");
        Assert.All(values.Keys, name => Assert.Contains($"        {name} = ", powershell, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("scheduler", "scheduler")]
    [InlineData(null, "storage")]
    public async Task The_package_is_built_for_the_backend_that_was_deployed(string? told, string built)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script.");
        using var folder = new DataFolder();
        await RunAsync("prepackage.sh", folder.Path, ("DURABLE_BACKEND", told));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "Functions.csproj"), """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""", Cancelled);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["msbuild", "Functions.csproj", "-getProperty:DurableBackend"]);
        Assert.Equal(built, (await OutputAsync(start, folder.Path)).Trim());
    }

    private static Task<string> RunAsync(string hook, string folder, params (string Name, string? Value)[] variables)
    {
        var start = new ProcessStartInfo("sh", [Repository.Path("infra", "hooks", hook)]);
        foreach (var (name, value) in Provisioned.Select(pair => (pair.Key, (string?)pair.Value)).Concat(variables).Where(variable => variable.Item2 is not null))
            start.Environment[name] = value;
        return OutputAsync(start, folder);
    }

    private static async Task<string> OutputAsync(ProcessStartInfo start, string folder)
    {
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError) = (folder, true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancelled);
        var errors = await process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        Assert.True(process.ExitCode == 0, errors);
        return await output;
    }

    [GeneratedRegex(@"run: \S*infra/hooks/(\S+)")]
    private static partial Regex Hook();

    [GeneratedRegex(@"(?:\$\{?|env:)(KITH_[A-Z_]+|DURABLE_BACKEND)")]
    private static partial Regex HookVariable();
}
