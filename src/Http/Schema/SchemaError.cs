using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Http.Schema;

/// <summary>One thing that is wrong with a request, as pydantic 2 reports it (spec honcho-api §1.1).</summary>
/// <param name="Input">The value that is wrong; default writes null.</param>
internal sealed record SchemaError(string Type, Location Location, string Message, JsonElement Input, JsonObject? Context = null)
{
    /// <summary>Where and what, for readers.</summary>
    public override string ToString() => $"{Location}: {Message}";

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WritePropertyName("loc");
        Location.WriteTo(writer);
        writer.WriteString("msg", Message);
        writer.WritePropertyName("input");
        if (Input.ValueKind == JsonValueKind.Undefined)
            writer.WriteNullValue();
        else
            Input.WriteTo(writer);
        if (Context is not null)
        {
            writer.WritePropertyName("ctx");
            Context.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
