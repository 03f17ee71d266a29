using Kith.Core;
using Microsoft.Extensions.Configuration;

namespace Kith.Azure.Storage;

/// <summary>Section <c>Cosmos</c>: where the documents are, and as whom Kith signs in.</summary>
/// <param name="Endpoint">The account's address: <c>https://NAME.documents.azure.com</c>.</param>
/// <param name="Database">Exists already in production, with its containers (<see cref="CosmosContainer.All"/>).</param>
public sealed record CosmosOptions(Uri Endpoint, string Database)
{
    private const string DefaultDatabase = "kith";

    /// <summary>For the emulator only, which knows no identities. Without one Kith signs in with the process's Entra identity.</summary>
    public string? Key { get; init; }

    /// <summary>Of the user-assigned identity to sign in as; null for the process's own.</summary>
    public string? ClientId { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"Cosmos DB {Database} at {Endpoint}";

    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: a setting is missing or cannot be used; the message names it.</exception>
    public static CosmosOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Cosmos");
        var address = Text(section, nameof(Endpoint)) ?? throw Wrong(nameof(Endpoint), "is missing: the address of the Cosmos DB account");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw Wrong(nameof(Endpoint), "takes an http or https address");
        var options = new CosmosOptions(endpoint, Text(section, nameof(Database)) ?? DefaultDatabase)
        {
            Key = Text(section, nameof(Key)),
            ClientId = Text(section, nameof(ClientId)),
        };
        if (options.Key is not null && !endpoint.IsLoopback)
            throw Wrong(nameof(Key), $"is for the emulator on this machine; sign in to {endpoint.Host} with an Entra identity");
        if (options.Key is null && endpoint.Scheme != "https")
            throw Wrong(nameof(Endpoint), "takes an https address: tokens do not travel in clear");
        return options;
    }

    private static string? Text(IConfigurationSection section, string name) => section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static KithException Wrong(string name, string what) => new(ErrorCode.Invalid, $"KITH_Cosmos__{name} {what}");
}
