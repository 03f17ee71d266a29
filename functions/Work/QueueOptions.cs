using Kith.Core;
using Microsoft.Extensions.Configuration;

namespace Kith.Functions.Work;

/// <summary>
/// Setting <c>KITH_Queue</c>: where the hints wait. The trigger reads it too (its connection is named so), hence the spelling of the names below it. A connection
/// string is for Azurite; a deployment gives an address and signs in.
/// </summary>
internal sealed record QueueOptions
{
    public const string Connection = "KITH_Queue";
    public const string Name = "kith-work";
    public const string Poisoned = Name + "-poison";

    public string? ConnectionString { get; init; }

    /// <summary><c>https://NAME.queue.core.windows.net</c>.</summary>
    public Uri? ServiceUri { get; init; }

    /// <summary>Of the user-assigned identity to sign in as; null for the process's own.</summary>
    public string? ClientId { get; init; }

    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: a setting is missing or cannot be used; the message names it.</exception>
    public static QueueOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Queue");
        if (section.Value is { Length: > 0 } connection)
            return new QueueOptions { ConnectionString = connection };
        if (!Uri.TryCreate(section["queueServiceUri"], UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            throw new KithException(ErrorCode.Invalid, $"{Connection} is a connection string, or {Connection}__queueServiceUri the https address of a storage account's queues");
        return new QueueOptions { ServiceUri = address, ClientId = section["clientId"] is { Length: > 0 } client ? client : null };
    }

    /// <summary>Without keys.</summary>
    public override string ToString() => ServiceUri is null ? "queues of a connection string" : $"queues at {ServiceUri}";
}
