using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kith.Client.Tests.Threads;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AnalysisState))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(MyState))]
[JsonSerializable(typeof(MySecondState))]
internal sealed partial class StateJson : JsonSerializerContext;
