using System.Text.Json;
using Kith.Azure.Models;
using Kith.Azure.Recall;
using Kith.Azure.Storage;
using Kith.Http.Access;
using Kith.Http.Eliza;
using Kith.Http.Events;
using Kith.Http.Hosting;
using Kith.Local;
using Microsoft.Extensions.Configuration;

namespace Kith.Http.Tests.Local;

/// <summary>local.settings.sample.json against what the options classes ask for when they are given its values.</summary>
public sealed class SettingsSampleTests
{
    private const string Prefix = "KITH_";

    private readonly Dictionary<string, string?> _sample = Sample();
    private readonly AskedSettings _asked;

    public SettingsSampleTests()
    {
        _asked = new AskedSettings(_sample);
        var configuration = new ConfigurationBuilder().Add(_asked).Build();
        _ = LocalOptions.From(configuration);
        _ = AuthOptions.From(configuration);
        _ = CrossOriginOptions.From(configuration);
        _ = ElizaOptions.From(configuration);
        _ = WebhookOptions.From(configuration);
        _ = CosmosOptions.From(configuration);
        _ = SearchOptions.From(configuration);
        _ = ModelOptions.From(configuration);
    }

    [Fact]
    public void The_sample_lists_every_setting_that_is_read() => Assert.Empty(_asked.Keys.Except(_sample.Keys, StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void The_sample_lists_no_setting_that_nothing_reads() => Assert.Empty(_sample.Keys.Except(_asked.Keys, StringComparer.OrdinalIgnoreCase));

    private static Dictionary<string, string?> Sample()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")));
        return file.RootElement.GetProperty("Values").EnumerateObject()
            .Where(setting => setting.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(setting => setting.Name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), setting => setting.Value.GetString(), StringComparer.OrdinalIgnoreCase);
    }

    private sealed class AskedSettings(IReadOnlyDictionary<string, string?> values) : ConfigurationProvider, IConfigurationSource
    {
        public HashSet<string> Keys { get; } = new(StringComparer.OrdinalIgnoreCase);

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override bool TryGet(string key, out string? value)
        {
            Keys.Add(key);
            return values.TryGetValue(key, out value);
        }
    }
}
