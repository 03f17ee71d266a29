using System.ClientModel.Primitives;
using System.Globalization;
using Azure.Core;
using Kith.Core;
using Kith.Core.Reasoning;
using Microsoft.Extensions.Configuration;

namespace Kith.Azure.Models;

/// <summary>Section <c>Model</c>: which models think and embed, where they are, and how patiently they are asked. Without a model name nothing is asked.</summary>
public sealed record ModelOptions
{
    /// <summary>The address that <c>/chat/completions</c> and <c>/embeddings</c> follow: <c>https://NAME.openai.azure.com/openai/v1/</c>, <c>http://127.0.0.1:11434/v1</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Sent as bearer token. Servers on this machine may need none.</summary>
    public string? Key { get; init; }

    /// <summary>Instead of a key: signs in with the process's Entra identity, for this scope, such as <c>https://cognitiveservices.azure.com/.default</c>.</summary>
    public string? EntraScope { get; init; }

    /// <summary>Of the user-assigned identity to sign in as; null for the process's own.</summary>
    public string? ClientId { get; init; }

    /// <summary>Whose identity signs in; null for that of <see cref="ClientId"/>. Tokens are kept until shortly before they expire.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>What carries requests; null for the client's own.</summary>
    internal PipelineTransport? Transport { get; init; }

    /// <summary>The model (on Azure: the deployment) that reasons; null leaves that to the extractive reasoner.</summary>
    public string? ChatModel { get; init; }

    /// <summary>The model (on Azure: the deployment) that embeds; null leaves that to hashed features.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>How many numbers a vector has.</summary>
    public int EmbeddingDimensions { get; init; } = 1_536;

    /// <summary>Asks the model for vectors of <see cref="EmbeddingDimensions"/> where its own are longer. Not every model can.</summary>
    public bool ShortenEmbeddings { get; init; }

    /// <summary>Calls under way at once, for reasoning and for embedding each.</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>Repetitions of a call that was throttled, failed or cut, inside its deadline.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The wait before the first repetition, doubled for each further one, where the server names none.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>What one attempt may take before it counts as lost; in a stream, the silence between two parts.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(120);

    public ModelDeadlines Deadlines { get; init; } = new();

    /// <summary>How messages are gathered for one call that derives them.</summary>
    public Debounce Debounce { get; init; } = Debounce.Standard;

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{ChatModel ?? "no chat model"} and {EmbeddingModel ?? "no embedding model"} at {Endpoint}";

    /// <summary>Durations are given in seconds.</summary>
    /// <exception cref="KithException">A setting is missing or cannot be used; the message names it.</exception>
    public static ModelOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Model");
        var standard = new ModelOptions();
        return new ModelOptions
        {
            Endpoint = Text(section, nameof(Endpoint)) is { } address ? Address(address) : null,
            Key = Text(section, nameof(Key)),
            EntraScope = Text(section, nameof(EntraScope)),
            ClientId = Text(section, nameof(ClientId)),
            ChatModel = Text(section, nameof(ChatModel)),
            EmbeddingModel = Text(section, nameof(EmbeddingModel)),
            EmbeddingDimensions = Value(section, nameof(EmbeddingDimensions), standard.EmbeddingDimensions),
            ShortenEmbeddings = Value(section, nameof(ShortenEmbeddings), standard.ShortenEmbeddings),
            MaxConcurrency = Value(section, nameof(MaxConcurrency), standard.MaxConcurrency),
            Retries = Value(section, nameof(Retries), standard.Retries),
            RetryDelay = Seconds(section, nameof(RetryDelay), standard.RetryDelay),
            AttemptTimeout = Seconds(section, nameof(AttemptTimeout), standard.AttemptTimeout),
            Deadlines = ModelDeadlines.From(name => Seconds(section, $"{nameof(Deadlines)}:{name}", null)),
            Debounce = new(
                Value(section, $"{nameof(Debounce)}:{nameof(Debounce.Tokens)}", standard.Debounce.Tokens),
                Seconds(section, $"{nameof(Debounce)}:{nameof(Debounce.Idle)}", standard.Debounce.Idle),
                Seconds(section, $"{nameof(Debounce)}:{nameof(Debounce.Longest)}", standard.Debounce.Longest)),
        }.Checked();
    }

    /// <summary>The options themselves.</summary>
    /// <exception cref="KithException">They contradict each other or leave out what is needed.</exception>
    public ModelOptions Checked()
    {
        if (ChatModel is null && EmbeddingModel is null)
        {
            Demand(Endpoint is null, nameof(ChatModel), $"or {Variable(nameof(EmbeddingModel))} has to name a model at {Endpoint}");
            return this;
        }

        Demand(Endpoint is not null, nameof(Endpoint), "is missing: the address of the model");
        Demand(Endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(Endpoint), "takes an http or https address");
        Demand(
            !Endpoint!.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase) || Endpoint.AbsolutePath.TrimEnd('/') == "/openai/v1",
            nameof(Endpoint),
            $"takes the v1 address of Azure OpenAI: https://{Endpoint.Host}/openai/v1/");
        Demand(Key is null || EntraScope is null, nameof(Key), $"and {Variable(nameof(EntraScope))} exclude each other");
        Demand(Key is not null || EntraScope is not null || Endpoint.Scheme == "http", nameof(Key), $"or {Variable(nameof(EntraScope))} is needed for {Endpoint}");
        Demand(EntraScope is null || Endpoint.Scheme == "https", nameof(EntraScope), "needs an https address: tokens do not travel in clear");
        Demand(EmbeddingDimensions is >= 1 and <= 16_384, nameof(EmbeddingDimensions), "takes a number from 1 to 16384");
        Demand(MaxConcurrency is >= 1 and <= 1_000, nameof(MaxConcurrency), "takes a number from 1 to 1000");
        Demand(Retries is >= 0 and <= 20, nameof(Retries), "takes a number from 0 to 20");
        Demand(RetryDelay > TimeSpan.Zero, nameof(RetryDelay), "takes seconds above 0");
        Demand(AttemptTimeout > TimeSpan.Zero, nameof(AttemptTimeout), "takes seconds above 0");
        Demand(Debounce.Tokens >= 0, $"{nameof(Debounce)}:{nameof(Debounce.Tokens)}", "takes a number from 0");
        Demand(Deadlines.ArePositive, nameof(Deadlines), "take seconds above 0");
        Demand(Deadlines.AreMonotone, nameof(Deadlines), "have to grow from Minimal to Max");
        return this;
    }

    private static string? Text(IConfigurationSection section, string name) => section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw Wrong(nameof(Endpoint), "takes an http or https address");

    private static T Value<T>(IConfigurationSection section, string name, T standard) where T : IParsable<T> =>
        Text(section, name) is not { } text ? standard
        : T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
        : throw Wrong(name, $"does not take '{text}'");

    private static TimeSpan Seconds(IConfigurationSection section, string name, TimeSpan standard) => Seconds(section, name, (TimeSpan?)standard)!.Value;

    private static TimeSpan? Seconds(IConfigurationSection section, string name, TimeSpan? standard)
    {
        const double Longest = 86_400;
        if (Text(section, name) is not { } text)
            return standard;
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

    private static string Variable(string name) => $"KITH_Model__{name.Replace(":", "__", StringComparison.Ordinal)}";
}
