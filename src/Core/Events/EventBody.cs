using System.Buffers;
using System.Text.Json;

namespace Kith.Core.Events;

/// <summary>The body of a delivery: compact, members sorted, ASCII only (spec honcho-api §10).</summary>
internal static class EventBody
{
    public static ReadOnlyMemory<byte> Of(Delivery delivery)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("data");
            delivery.Data.WriteTo(writer);
            writer.WriteString("timestamp", Timestamp.Of(delivery.HappenedAt));
            writer.WriteString("type", delivery.Event);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
