namespace Kith.Core.Platforms;

/// <summary>What is to be different about a connection; null leaves it as it is.</summary>
public sealed record ConnectionChange
{
    public string? Name { get; init; }

    /// <summary>By name; an empty text takes a setting away. Those not named stay.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    public SessionStrategy? Sessions { get; init; }

    public IReadOnlyList<string>? Observed { get; init; }

    /// <summary>Takes <see cref="Connection.Observed"/> away.</summary>
    public bool ObservesEverybody { get; init; }

    public bool? Replies { get; init; }

    public string? Agent { get; init; }

    internal Connection Apply(Connection connection) => connection with
    {
        Name = Name ?? connection.Name,
        Settings = Settings is null ? connection.Settings : connection.Settings.Where(setting => !Settings.ContainsKey(setting.Key)).Concat(Settings.Where(setting => setting.Value.Length > 0)).ToDictionary(),
        Sessions = Sessions ?? connection.Sessions,
        Observed = ObservesEverybody ? null : Observed ?? connection.Observed,
        Replies = Replies ?? connection.Replies,
        Agent = Agent ?? connection.Agent,
    };
}
