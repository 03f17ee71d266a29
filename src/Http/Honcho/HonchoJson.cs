using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Honcho.Requests;

namespace Kith.Http.Honcho;

/// <summary>The protocol's wire types. Members are written in the order in which the types declare them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Wire.Page<Wire.Workspace>), TypeInfoPropertyName = "Workspaces")]
[JsonSerializable(typeof(Wire.Page<Wire.Peer>), TypeInfoPropertyName = "Peers")]
[JsonSerializable(typeof(Wire.Page<Wire.Session>), TypeInfoPropertyName = "Sessions")]
[JsonSerializable(typeof(Wire.Page<Wire.Message>), TypeInfoPropertyName = "Messages")]
[JsonSerializable(typeof(Wire.Page<Wire.Conclusion>), TypeInfoPropertyName = "Conclusions")]
[JsonSerializable(typeof(Wire.Page<Wire.Scope>), TypeInfoPropertyName = "Scopes")]
[JsonSerializable(typeof(Wire.Page<Wire.Webhook>), TypeInfoPropertyName = "Webhooks")]
[JsonSerializable(typeof(IReadOnlyList<Wire.Message>), TypeInfoPropertyName = "MessageList")]
[JsonSerializable(typeof(IReadOnlyList<Wire.Conclusion>), TypeInfoPropertyName = "ConclusionList")]
[JsonSerializable(typeof(Wire.Accepted))]
[JsonSerializable(typeof(Wire.Key))]
[JsonSerializable(typeof(Wire.PeerCard))]
[JsonSerializable(typeof(Wire.PeerContext))]
[JsonSerializable(typeof(Wire.Representation))]
[JsonSerializable(typeof(Wire.SessionContext))]
[JsonSerializable(typeof(Wire.SessionSummaries))]
[JsonSerializable(typeof(Wire.MemberSettings), TypeInfoPropertyName = "WireMemberSettings")]
[JsonSerializable(typeof(Wire.QueueStatus))]
[JsonSerializable(typeof(Wire.ScopeStatus))]
[JsonSerializable(typeof(Wire.ChatAnswer))]
[JsonSerializable(typeof(Wire.ChatPart))]
[JsonSerializable(typeof(Wire.Health))]
[JsonSerializable(typeof(WorkspaceCreate))]
[JsonSerializable(typeof(PeerCreate))]
[JsonSerializable(typeof(SessionCreate))]
[JsonSerializable(typeof(ScopeCreate))]
[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(PeerUpdate))]
[JsonSerializable(typeof(MessageUpdate))]
[JsonSerializable(typeof(Listing))]
[JsonSerializable(typeof(PeerListing))]
[JsonSerializable(typeof(ConclusionListing))]
[JsonSerializable(typeof(Search))]
[JsonSerializable(typeof(WorkspaceSearch))]
[JsonSerializable(typeof(DreamSchedule))]
[JsonSerializable(typeof(Chat))]
[JsonSerializable(typeof(RepresentationQuery))]
[JsonSerializable(typeof(CardUpdate))]
[JsonSerializable(typeof(Dictionary<string, Wire.MemberSettings>), TypeInfoPropertyName = "Members")]
[JsonSerializable(typeof(MessageBatch))]
[JsonSerializable(typeof(ConclusionBatch))]
[JsonSerializable(typeof(ConclusionQuery))]
[JsonSerializable(typeof(ScopeSessions))]
[JsonSerializable(typeof(WebhookCreate))]
[JsonSerializable(typeof(IReadOnlyList<string>), TypeInfoPropertyName = "Names")]
internal sealed partial class HonchoJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is, as the original does.</summary>
    public static HonchoJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
