using Kith.Core;
using Kith.Core.Agency;
using Kith.Http.Outgoing;
using Kith.Http.Schema;

namespace Kith.Http.Agents.Requests;

/// <summary>All that is known of an agent. Only a secret that is left out stays as it was, since nobody can read it to send it again; an empty one is removed.</summary>
internal sealed record AgentChange(string Name, string? Instructions, string? ResponderUrl, string? ResponderSecret, bool Reasoner, Timeouts? Timeouts)
{
    private const int SecretCharacters = 512;

    public static AgentChange? Read(Input body, bool allowPrivate)
    {
        if (body.Object()?.Only("name", "instructions", "responder_url", "responder_secret", "reasoner", "timeouts") is not { } fields)
            return null;
        var url = fields.Optional("responder_url");
        var address = url.Text(max: Limits.WebhookUrlCharacters);
        if (address is not null && OutgoingAddress.Problem(address, allowPrivate) is { } problem)
            url.Break<string>(problem);
        return new(
            fields.Required("name").Text(1, Limits.IdCharacters)!,
            fields.Optional("instructions").Text(max: Limits.MessageCharacters),
            address,
            fields.Optional("responder_secret").Text(max: SecretCharacters),
            fields.Optional("reasoner").Boolean() ?? false,
            Requests.Timeouts.Read(fields.Optional("timeouts")));
    }

    public Agent Apply(string id, string workspace, Agent? current) => new()
    {
        Id = id,
        WorkspaceId = workspace,
        Name = Name,
        Instructions = Instructions,
        ResponderUrl = ResponderUrl,
        ResponderSecret = (ResponderSecret ?? current?.ResponderSecret) is { Length: > 0 } secret ? secret : null,
        Reasoner = Reasoner,
        Timeouts = Timeouts?.ToChoices() ?? TimeoutChoices.None,
        CreatedAt = default,
    };
}
