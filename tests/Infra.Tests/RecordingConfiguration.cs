using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Kith.Infra.Tests;

/// <summary>Writes down which settings are asked for, and answers from the sample file.</summary>
internal sealed class RecordingConfiguration : IConfiguration
{
    private readonly IConfiguration _values = new ConfigurationBuilder().AddInMemoryCollection(
        Settings.Sample.Where(setting => setting.Key.StartsWith("KITH_", StringComparison.Ordinal))
            .Select(setting => KeyValuePair.Create(setting.Key["KITH_".Length..].Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build();

    /// <summary>As environment variables.</summary>
    public SortedSet<string> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? this[string key]
    {
        get
        {
            Asked.Add($"KITH_{key.Replace(":", "__", StringComparison.Ordinal)}");
            return _values[key];
        }
        set => throw new NotSupportedException();
    }

    public IConfigurationSection GetSection(string key) => new Section(this, key);

    public IEnumerable<IConfigurationSection> GetChildren() => throw new NotSupportedException("Settings are read by name.");

    public IChangeToken GetReloadToken() => throw new NotSupportedException();

    private sealed class Section(RecordingConfiguration root, string path) : IConfigurationSection
    {
        public string Key => path.Split(':')[^1];

        public string Path => path;

        public string? Value
        {
            get => root[path];
            set => throw new NotSupportedException();
        }

        public string? this[string key]
        {
            get => root[$"{path}:{key}"];
            set => throw new NotSupportedException();
        }

        public IConfigurationSection GetSection(string key) => new Section(root, $"{path}:{key}");

        public IEnumerable<IConfigurationSection> GetChildren() => throw new NotSupportedException("Settings are read by name.");

        public IChangeToken GetReloadToken() => throw new NotSupportedException();
    }
}
