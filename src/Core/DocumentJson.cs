using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Core.Access;
using Kith.Core.Agency;
using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Editing;
using Kith.Core.Erasing;
using Kith.Core.Events;
using Kith.Core.Limiting;
using Kith.Core.Memory;
using Kith.Core.Platforms;
using Kith.Core.Porting;
using Kith.Core.Rebuilding;
using Kith.Core.Recall;
using Kith.Core.Threads;
using Kith.Core.Usage;
using Kith.Core.Work;

namespace Kith.Core;

/// <summary>How documents are written: camel case, nulls left out, times as <see cref="Timestamp"/>, enums by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(TimestampConverter)])]
[JsonSerializable(typeof(Workspace))]
[JsonSerializable(typeof(Peer))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(Bucket))]
[JsonSerializable(typeof(BudgetDay))]
[JsonSerializable(typeof(Key))]
[JsonSerializable(typeof(Head))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(Membership))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(Tombstone))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(Conclusion))]
[JsonSerializable(typeof(PeerCard))]
[JsonSerializable(typeof(Dream))]
[JsonSerializable(typeof(DreamRun))]
[JsonSerializable(typeof(DreamAnswer))]
[JsonSerializable(typeof(Summary))]
[JsonSerializable(typeof(Derivation))]
[JsonSerializable(typeof(Watermarks))]
[JsonSerializable(typeof(Progress))]
[JsonSerializable(typeof(FailedStep))]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(EndpointHealth))]
[JsonSerializable(typeof(PairEvent))]
[JsonSerializable(typeof(RecallDocument))]
[JsonSerializable(typeof(UsageDay))]
[JsonSerializable(typeof(ThreadEntry))]
[JsonSerializable(typeof(ThreadFields.Envelope))]
[JsonSerializable(typeof(WorkflowState))]
[JsonSerializable(typeof(Agent))]
[JsonSerializable(typeof(AgentSession))]
[JsonSerializable(typeof(PendingReply))]
[JsonSerializable(typeof(Rebuild))]
[JsonSerializable(typeof(Confirmation))]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(System.Text.Json.JsonElement[]))]
[JsonSerializable(typeof(Import))]
[JsonSerializable(typeof(ImportChunk))]
[JsonSerializable(typeof(IReadOnlyList<ImportLine>))]
[JsonSerializable(typeof(ConfiguredModel))]
[JsonSerializable(typeof(Connection))]
[JsonSerializable(typeof(ConnectionEntry))]
[JsonSerializable(typeof(Link))]
[JsonSerializable(typeof(PendingEdit))]
internal sealed partial class DocumentJson : JsonSerializerContext
{
    private sealed class TimestampConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Timestamp.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Timestamp.Of(value));
    }
}
