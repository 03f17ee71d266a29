using System.Globalization;
using Kith.Core;
using Microsoft.Extensions.Configuration;

namespace Kith.Http.Events;

/// <summary>Section <c>Webhooks</c>; the original's variable <c>WEBHOOK_SECRET</c> works too.</summary>
public sealed record WebhookOptions
{
    private const double DefaultTimeoutSeconds = 30;

    /// <summary>Whether events may go to addresses of this machine and its network.</summary>
    public bool AllowsPrivateTargets { get; init; }

    /// <summary>For an answer to an event.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>Makes the original's signature for every address, as the original does; each address's own secret where null.</summary>
    public string? SharedSecret { get; init; }

    /// <exception cref="KithException">A setting cannot be used.</exception>
    public static WebhookOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Webhooks");
        return new WebhookOptions
        {
            AllowsPrivateTargets = section["PrivateTargets"]?.ToUpperInvariant() switch
            {
                null or "FALSE" or "0" => false,
                "TRUE" or "1" => true,
                _ => throw Refusal("PrivateTargets", "true or false", section["PrivateTargets"]!),
            },
            Timeout = TimeSpan.FromSeconds(Seconds(section["TimeoutSeconds"])),
            SharedSecret = (section["Secret"] ?? configuration["WEBHOOK_SECRET"]) is { Length: > 0 } secret ? secret : null,
        };
    }

    private static double Seconds(string? text) => text switch
    {
        null => DefaultTimeoutSeconds,
        _ when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 60 => seconds,
        _ => throw Refusal("TimeoutSeconds", "a number up to 60", text),
    };

    private static KithException Refusal(string name, string expected, string found) => new(ErrorCode.Invalid, $"Webhooks:{name} takes {expected}, not '{found}'");
}
