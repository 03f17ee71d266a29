using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kith.Client.Wire;

/// <summary>Times: read with or without an offset (then UTC), written in UTC with microseconds, which every server reads.</summary>
internal sealed class MomentConverter : JsonConverter<DateTimeOffset>
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw new JsonException("A time is not one.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
}
