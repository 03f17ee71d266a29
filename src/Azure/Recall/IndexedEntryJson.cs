using System.Text.Json.Serialization;

namespace Kith.Azure.Recall;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IndexedEntry))]
internal sealed partial class IndexedEntryJson : JsonSerializerContext;
