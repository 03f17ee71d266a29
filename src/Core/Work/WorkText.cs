using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Places and steps as short JSON texts, for queues and orchestrations to carry: names, ids and numbers, never content.</summary>
public static class WorkText
{
    public static string Of(Partition place) => JsonSerializer.Serialize(place, WorkJson.Default.Partition);

    public static string Of(WorkStep step) => JsonSerializer.Serialize(step, WorkJson.Default.WorkStep);

    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: not the text of a place.</exception>
    public static Partition Place(string text) => Read(text, WorkJson.Default.Partition);

    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: not the text of a step.</exception>
    public static WorkStep Step(string text) => Read(text, WorkJson.Default.WorkStep);

    private static T Read<T>(string text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            throw new KithException(ErrorCode.Invalid, $"Not the text of a {typeof(T).Name}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Partition))]
[JsonSerializable(typeof(WorkStep))]
internal sealed partial class WorkJson : JsonSerializerContext;
