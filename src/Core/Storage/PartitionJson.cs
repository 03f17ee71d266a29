using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kith.Core.Storage;

/// <summary>A full key as an array: container, workspace, second level and, in <see cref="Container.Memory"/>, third level.</summary>
internal sealed class PartitionJson : JsonConverter<Partition>
{
    public override Partition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var levels = new List<string>();
        if (reader.TokenType is not JsonTokenType.StartArray)
            throw new JsonException();
        while (reader.Read() && reader.TokenType is JsonTokenType.String)
            levels.Add(reader.GetString()!);
        if (reader.TokenType is not JsonTokenType.EndArray || levels.Count < 3 || !Enum.TryParse<Container>(levels[0], out var container))
            throw new JsonException();
        if (levels.Count != (container is Container.Memory ? 4 : 3))
            throw new JsonException();
        return Partition.Of(container, levels[1], levels[2], levels[^1]);
    }

    public override void Write(Utf8JsonWriter writer, Partition value, JsonSerializerOptions options)
    {
        if (!value.IsComplete)
            throw new ArgumentException("A prefix is no place of work.", nameof(value));
        writer.WriteStartArray();
        writer.WriteStringValue(value.Container.ToString());
        writer.WriteStringValue(value.Workspace);
        writer.WriteStringValue(value.Second);
        if (value.Third is not null)
            writer.WriteStringValue(value.Third);
        writer.WriteEndArray();
    }
}
