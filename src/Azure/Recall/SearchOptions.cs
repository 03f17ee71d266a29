using System.Globalization;
using Kith.Core;
using Microsoft.Extensions.Configuration;

namespace Kith.Azure.Recall;

/// <summary>Section <c>Search</c>: where Azure AI Search is and how patiently it is asked. Without an endpoint recall scans the store.</summary>
public sealed record SearchOptions
{
    /// <summary><c>https://NAME.search.windows.net</c>; null for recall without a search service.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>One index for all workspaces; every request names one of them.</summary>
    public string IndexName { get; init; } = "kith-recall";

    /// <summary>Lets the service's semantic ranker reorder the best matches by text. It is billed by the request.</summary>
    public bool Semantic { get; init; }

    /// <summary>The user-assigned identity to sign in with; null for the one that the process has.</summary>
    public string? ClientId { get; init; }

    /// <summary>For tests only: a deployment signs in with its identity and has keys switched off.</summary>
    public string? Key { get; init; }

    /// <summary>Repetitions of a request that was throttled, failed or cut, and of documents that an otherwise accepted batch refused for now.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The wait before the first repetition, doubled for each further one, where the service names none.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.4);

    /// <summary>What one attempt may take before it counts as lost.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without the key.</summary>
    public override string ToString() => Endpoint is null ? "a scan of the store" : $"the index {IndexName} at {Endpoint}";

    /// <exception cref="KithException">A setting cannot be used; the message names it.</exception>
    public static SearchOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Search");
        var standard = new SearchOptions();
        return new SearchOptions
        {
            Endpoint = Text(section, nameof(Endpoint)) is { } address ? Address(address) : null,
            IndexName = Text(section, nameof(IndexName)) ?? standard.IndexName,
            Semantic = Text(section, nameof(Semantic)) is { } semantic && Parse<bool>(nameof(Semantic), semantic, bool.TryParse),
            ClientId = Text(section, nameof(ClientId)),
            Key = Text(section, nameof(Key)),
            Retries = Text(section, nameof(Retries)) is { } retries ? Parse<int>(nameof(Retries), retries, int.TryParse) : standard.Retries,
            RetryDelay = Seconds(section, nameof(RetryDelay)) ?? standard.RetryDelay,
            AttemptTimeout = Seconds(section, nameof(AttemptTimeout)) ?? standard.AttemptTimeout,
        }.Checked();
    }

    /// <summary>The options themselves.</summary>
    /// <exception cref="KithException">A setting cannot be used.</exception>
    public SearchOptions Checked()
    {
        Demand(Endpoint is null or { Scheme: "https" }, nameof(Endpoint), "takes an https address");
        Demand(Retries is >= 0 and <= 20, nameof(Retries), "takes a number from 0 to 20");
        Demand(AttemptTimeout > TimeSpan.Zero, nameof(AttemptTimeout), "takes seconds above zero");
        Demand(Key is null || ClientId is null, nameof(Key), $"and {Variable(nameof(ClientId))} exclude each other");
        return this;
    }

    private delegate bool Parser<T>(string text, out T value);

    private static string? Text(IConfigurationSection section, string name) => section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw Wrong(nameof(Endpoint), "takes an https address");

    private static T Parse<T>(string name, string text, Parser<T> parser) =>
        parser(text, out var value) ? value : throw Wrong(name, $"does not take '{text}'");

    private static TimeSpan? Seconds(IConfigurationSection section, string name)
    {
        const double Longest = 3_600;
        if (Text(section, name) is not { } text)
            return null;
        return double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= Longest
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(name, $"takes seconds up to {Longest}, not '{text}'");
    }

    private static void Demand(bool condition, string name, string what)
    {
        if (!condition)
            throw Wrong(name, what);
    }

    private static KithException Wrong(string name, string what) => new(ErrorCode.Invalid, $"{Variable(name)} {what}");

    private static string Variable(string name) => $"KITH_Search__{name}";
}
