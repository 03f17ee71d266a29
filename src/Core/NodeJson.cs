using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kith.Core;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class NodeJson : JsonSerializerContext;
