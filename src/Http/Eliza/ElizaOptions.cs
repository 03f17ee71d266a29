using System.Globalization;
using Kith.Core;
using Kith.Http.Access;
using Microsoft.Extensions.Configuration;

namespace Kith.Http.Eliza;

/// <summary>Section <c>Eliza</c>.</summary>
public sealed record ElizaOptions
{
    private const string DefaultWorkspace = "eliza";
    private const double DefaultResponderSeconds = 25;

    /// <summary>The workspace of callers whose key names none.</summary>
    public string Workspace { get; init; } = DefaultWorkspace;

    /// <summary>Whether sessions with agents that the workspace does not know are refused.</summary>
    public bool RefusesUnknownAgents { get; init; }

    /// <summary>Whether agents may answer from addresses of this machine and its network: by default where nobody else can reach Kith.</summary>
    public bool AllowsPrivateResponders { get; init; }

    /// <summary>For a reply, a second attempt included; below the 30 seconds after which clients give up.</summary>
    public TimeSpan ResponderTimeout { get; init; } = TimeSpan.FromSeconds(DefaultResponderSeconds);

    /// <exception cref="KithException">A setting cannot be used.</exception>
    public static ElizaOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Eliza");
        var workspace = section["Workspace"] ?? DefaultWorkspace;
        return new ElizaOptions
        {
            Workspace = Names.IsValid(workspace) ? workspace : throw Refusal("Workspace", "a workspace id", workspace),
            RefusesUnknownAgents = section["UnknownAgents"]?.ToUpperInvariant() switch
            {
                null or "ACCEPT" => false,
                "REFUSE" or "404" => true,
                _ => throw Refusal("UnknownAgents", "accept or 404", section["UnknownAgents"]!),
            },
            AllowsPrivateResponders = section["PrivateResponders"]?.ToUpperInvariant() switch
            {
                null => !AuthOptions.From(configuration).UseAuth,
                "TRUE" or "1" => true,
                "FALSE" or "0" => false,
                _ => throw Refusal("PrivateResponders", "true or false", section["PrivateResponders"]!),
            },
            ResponderTimeout = TimeSpan.FromSeconds(Seconds(section["ResponderSeconds"])),
        };
    }

    private static double Seconds(string? text) => text switch
    {
        null => DefaultResponderSeconds,
        _ when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 60 => seconds,
        _ => throw Refusal("ResponderSeconds", "a number between 0 and 60", text),
    };

    private static KithException Refusal(string name, string expected, string found) => new(ErrorCode.Invalid, $"Eliza:{name} takes {expected}, not '{found}'");
}
