using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Kith.Infra.Tests;

/// <summary>Each setting that the code reads is in Bicep and in the sample file, and the reverse.</summary>
public sealed partial class SettingsTests(Bicep bicep) : IClassFixture<Bicep>
{
    /// <summary>Of the sample file; Bicep does not set them.</summary>
    private static readonly Dictionary<string, string> LocalOnly = new()
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = "Flex Consumption has it in functionAppConfig",
        ["KITH_PORT"] = "only src/Local chooses a port",
        ["KITH_DATA"] = "only src/Local has a data folder",
        ["KITH_STORAGE"] = "only src/Local has a choice",
        ["KITH_Cosmos__Key"] = "of the emulator; elsewhere an identity signs in",
        ["KITH_Search__Key"] = "for tests; elsewhere an identity signs in",
        ["KITH_Webhooks__Secret"] = "one secret for the addresses of all workspaces is for whoever moves receivers of the original here, and set by hand",
        ["KITH_Model__Key"] = "of other servers; in Azure an identity signs in",
    };

    /// <summary>Where Bicep differs from the sample on purpose.</summary>
    private static readonly Dictionary<string, string> Differs = new()
    {
        ["KITH_Auth__UseAuth"] = "the deployed app always asks for a key",
        ["KITH_Cors__Origins"] = "pages of the developer's machine may call the local host only",
        ["KITH_Eliza__PrivateResponders"] = "private addresses around a deployed app are not for agents to name",
    };

    /// <summary>Read by the Functions host or by libraries, not by code of ours.</summary>
    private static readonly HashSet<string> OfTheHost =
        ["AzureWebJobsStorage", "AzureWebJobsDisableHomepage", "FUNCTIONS_WORKER_RUNTIME", "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "AZURE_CLIENT_ID"];

    /// <summary>Not settings: what test hosts of ASP.NET pass, options of the command <c>mcp</c>, and names of the original that work beside ours.</summary>
    private static readonly HashSet<string> Aliases = new(StringComparer.OrdinalIgnoreCase) { "KITH_URLS", "KITH_SERVER", "KITH_WORKSPACE", "KITH_PEER", "KITH_AUTH_USE_AUTH", "KITH_AUTH_JWT_SECRET", "KITH_CORS_ORIGINS", "KITH_WEBHOOK_SECRET" };

    /// <summary>What runs in a host. Settings of src/Client are those of the programs that use it.</summary>
    private static readonly string[] Hosts = ["src/Core", "src/Http", "src/Azure", "src/Local", "functions"];

    private static readonly Assembly[] Assemblies = [typeof(Azure.Storage.CosmosOptions).Assembly, typeof(Http.Hosting.KithRoutes).Assembly, typeof(Program).Assembly];

    [Fact]
    public void Every_setting_that_the_code_reads_is_in_the_sample()
    {
        Assert.Empty(Read().Except(Settings.Sample.Keys.Select(Connection), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_setting_of_the_sample_is_read()
    {
        Assert.Empty(Settings.Sample.Keys.Select(Connection).Except(Read(), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_setting_of_the_sample_is_in_bicep_or_local_for_a_reason_and_the_reverse()
    {
        var deployed = Settings.OfBicep(bicep).Keys.Select(Connection).Distinct().ToList();
        var sample = Settings.Sample.Keys.Select(Connection).Distinct().ToList();
        Assert.Empty(sample.Except(deployed).Except(LocalOnly.Keys));
        Assert.Empty(deployed.Except(sample));
        Assert.Empty(LocalOnly.Keys.Except(sample));
        Assert.Empty(LocalOnly.Keys.Intersect(deployed));
    }

    [Fact]
    public void What_bicep_does_not_take_from_a_resource_has_the_value_of_the_sample()
    {
        var literals = Settings.OfBicep(bicep).Where(setting => setting.Value.Literal is not null && Settings.Sample.ContainsKey(setting.Key)).ToList();
        Assert.NotEmpty(literals);
        var different = literals.Where(setting => setting.Value.Literal != Settings.Sample[setting.Key]).Select(setting => setting.Key);
        Assert.Equal(Differs.Keys.Order(), different.Order());
    }

    [Fact]
    public void Every_setting_is_explained()
    {
        var page = Repository.Text("docs", "run-on-azure.md");
        Assert.All(Settings.Sample.Keys.Concat(Settings.OfBicep(bicep).Keys).Distinct(), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Parameters_of_the_deployment_are_explained()
    {
        var page = Repository.Text("docs", "run-on-azure.md");
        var variables = AzdVariable().Matches(Repository.Text("infra", "main.parameters.json")).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("VNET_ENABLED", variables);
        Assert.All(variables.Except(["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID"]), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    /// <summary>What options read, by asking them; what else reads settings, by its text. A place that neither finds is a mistake.</summary>
    private static HashSet<string> Read()
    {
        var configuration = new RecordingConfiguration();
        foreach (var from in Assemblies.SelectMany(assembly => assembly.GetTypes()).Select(From).OfType<MethodInfo>())
            from.Invoke(null, [configuration]);
        HashSet<string> read = new(configuration.Asked.Except(Aliases, StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);

        var sections = read.Select(name => name["KITH_".Length..].Split("__")[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var file in Hosts.SelectMany(folder => Repository.Sources(folder, "*.cs")))
        {
            var text = File.ReadAllText(file);
            foreach (Match match in ReadSection().Matches(text))
                Assert.True(sections.Contains(match.Groups[1].Value) || IsConnection(match.Groups[1].Value, read), $"{file} reads the section {match.Groups[1].Value}, which no options type reads");
            foreach (Match match in ReadValue().Matches(text))
                read.Add(Variable(match.Groups[1].Value));
        }
        foreach (var file in Repository.Sources("functions", "*.cs").Concat(Repository.Sources("functions", "host*.json")))
        {
            foreach (Match match in HostSetting().Matches(File.ReadAllText(file)))
                read.Add(match.Groups[1].Value);
        }
        read.ExceptWith(Aliases);
        read.UnionWith(OfTheHost);
        return [.. read.Select(Connection)];
    }

    private static MethodInfo? From(Type type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal) && !type.IsGenericType ? type.GetMethod("From", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(IConfiguration)]) : null;

    /// <summary>Environment variables for the app carry the prefix; the host's own do not.</summary>
    private static string Variable(string key) => OfTheHost.Contains(key) ? key : $"KITH_{key.Replace(":", "__", StringComparison.Ordinal)}";

    /// <summary>A connection by identity is several settings, one by text is one.</summary>
    private static string Connection(string name) => IdentityConnection().Replace(name, "$1");

    private static bool IsConnection(string section, HashSet<string> read) => read.Add($"KITH_{section}");

    [GeneratedRegex(@"^(AzureWebJobsStorage|KITH_Queue)__\w+$", RegexOptions.IgnoreCase)]
    private static partial Regex IdentityConnection();

    [GeneratedRegex(@"[cC]onfiguration\.GetSection\(""(\w+)""\)")]
    private static partial Regex ReadSection();

    [GeneratedRegex(@"[cC]onfiguration\[""([\w:]+)""\]")]
    private static partial Regex ReadValue();

    [GeneratedRegex(@"[""%](TASKHUB_NAME|DURABLE_TASK_SCHEDULER_CONNECTION_STRING|KITH_\w+)[""%]")]
    private static partial Regex HostSetting();

    [GeneratedRegex(@"\$\{(\w+)[=}]")]
    private static partial Regex AzdVariable();
}
