using System.Text.Json;

namespace Kith.Infra.Tests;

/// <summary>The two lists of settings: the sample for this machine, and what Bicep gives the app.</summary>
internal static class Settings
{
    public static IReadOnlyDictionary<string, string> Sample { get; } = Read();

    /// <summary>Names and the expressions of their values.</summary>
    public static IReadOnlyDictionary<string, BicepNode> OfBicep(Bicep bicep)
    {
        var app = bicep.Files["modules/app.bicep"];
        string[] variables = ["hostSettings", "durableSettings", "kithSettings"];
        return variables.SelectMany(name => app.Variables[name].Find("object")).SelectMany(settings => settings.Members).ToDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Read()
    {
        using var file = JsonDocument.Parse(Repository.Text("local.settings.sample.json"));
        return file.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!, StringComparer.Ordinal);
    }
}
