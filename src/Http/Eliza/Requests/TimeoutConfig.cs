using System.Text.Json;
using Kith.Core;
using Kith.Core.Agency;

namespace Kith.Http.Eliza.Requests;

/// <summary>Timeouts as clients send them: repaired when a session is created (spec eliza-sessions §5.1), checked when they are changed (§5.5).</summary>
internal static class TimeoutConfig
{
    private static readonly string[] Numbers = ["timeoutMinutes", "maxDurationMinutes", "warningThresholdMinutes"];

    /// <summary>Nothing is refused: what cannot be read is the default.</summary>
    public static TimeoutChoices ReadChoices(JsonElement? config)
    {
        return new(Minutes(Numbers[0]), Refusals.Member(config, "autoRenew") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean() : null, Minutes(Numbers[1]), Minutes(Numbers[2]));

        double? Minutes(string name) => Refusals.Member(config, name) is { } value ? JsNumber.Of(value) : null;
    }

    /// <exception cref="KithException">A wrong type, or a timeout out of range.</exception>
    public static TimeoutChoices ReadChange(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object })
            throw Refusal("it must be an object");
        foreach (var name in Numbers)
        {
            if (Refusals.Member(body, name) is { ValueKind: not (JsonValueKind.Number or JsonValueKind.String) })
                throw Refusal($"{name} must be a number");
        }

        if (Refusals.Member(body, "autoRenew") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
            throw Refusal("autoRenew must be a boolean");
        if (Refusals.Member(body, Numbers[0]) is { ValueKind: JsonValueKind.Number } timeout && timeout.GetDouble() is < SessionTimeouts.MinTimeout or > SessionTimeouts.MaxTimeout)
            throw Refusal($"timeoutMinutes must be between {SessionTimeouts.MinTimeout} and {SessionTimeouts.MaxTimeout}");
        return ReadChoices(body);
    }

    private static KithException Refusal(string problem) => Refusals.Invalid($"Invalid timeout configuration: {problem}");
}
