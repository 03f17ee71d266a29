using Kith.Core.Platforms;
using Kith.Http.Schema;

namespace Kith.Http.Connections.Requests;

/// <summary>The parts of a connection that several requests have.</summary>
internal static class ConnectionFields
{
    public const int NameCharacters = 100;
    private const int ValueCharacters = 4_096;
    private const int MostObserved = 1_000;

    public static IReadOnlyDictionary<string, string>? Secrets(Input input) => input.Map(value => value.Text(1, ValueCharacters));

    public static IReadOnlyDictionary<string, string>? Settings(Input input) => input.Map(value => value.Text(0, ValueCharacters));

    public static string? Sessions(Input input) => input.OneOf("enum", [.. Enum.GetNames<SessionStrategy>().Select(name => name.ToLowerInvariant())]);

    public static IReadOnlyList<string>? Observed(Input input) => input.List(peer => peer.Name(), max: MostObserved);

    public static SessionStrategy? StrategyOf(string? text) => text is null ? null : Enum.Parse<SessionStrategy>(text, ignoreCase: true);
}
