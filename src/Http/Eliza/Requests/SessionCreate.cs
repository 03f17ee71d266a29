using System.Text.Json;
using Kith.Core;
using Kith.Core.Agency;

namespace Kith.Http.Eliza.Requests;

/// <summary>Spec eliza-sessions §5.1. The metadata is read last: an unknown agent is reported before it.</summary>
internal sealed record SessionCreate(string AgentId, string UserId, TimeoutChoices Timeouts, JsonElement? Metadata)
{
    private static readonly string[] Required = ["agentId", "userId"];

    /// <exception cref="KithException">A field is missing, or no UUID.</exception>
    public static SessionCreate Read(JsonElement? body)
    {
        string[] missing = [.. Required.Where(field => string.IsNullOrEmpty(Refusals.Text(body, field)))];
        if (missing.Length > 0)
            throw Refusals.Invalid($"Missing required fields: {string.Join(", ", missing)}");
        return new(Id("agentId"), Id("userId"), TimeoutConfig.ReadChoices(Refusals.Member(body, "timeoutConfig")), Refusals.Member(body, "metadata"));

        string Id(string field) => Uuids.Read(Refusals.Text(body, field)) ?? throw Refusals.Invalid($"Invalid UUID format for field '{field}'");
    }

    /// <exception cref="KithException">Too long.</exception>
    public JsonElement ReadMetadata() => Refusals.Metadata(Metadata);
}
