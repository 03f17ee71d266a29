using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kith.Http.Threads.Requests;

namespace Kith.Http.Threads;

/// <summary>The wire types of the threads door.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Wire.Thread))]
[JsonSerializable(typeof(Wire.ThreadPage))]
[JsonSerializable(typeof(Wire.ThreadChain))]
[JsonSerializable(typeof(Wire.ThreadMessage))]
[JsonSerializable(typeof(Wire.ThreadMessages))]
[JsonSerializable(typeof(Wire.ThreadHistory))]
[JsonSerializable(typeof(Wire.ThreadSummary))]
[JsonSerializable(typeof(Wire.ThreadStatistics))]
[JsonSerializable(typeof(Wire.WorkflowState))]
[JsonSerializable(typeof(Wire.WorkflowStates))]
[JsonSerializable(typeof(Wire.WorkspaceSettings))]
[JsonSerializable(typeof(Wire.Removed))]
[JsonSerializable(typeof(Wire.ImportReport))]
[JsonSerializable(typeof(ThreadCreate))]
[JsonSerializable(typeof(ThreadChange))]
[JsonSerializable(typeof(ThreadMessageCreate))]
[JsonSerializable(typeof(ThreadMessageBatch))]
[JsonSerializable(typeof(StateWrite))]
[JsonSerializable(typeof(Cleanup))]
[JsonSerializable(typeof(IReadOnlyList<ThreadDocument>), TypeInfoPropertyName = "Documents")]
internal sealed partial class ThreadsJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static ThreadsJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>For the API's description, whose options would name members as Honcho does.</summary>
    public static IJsonTypeInfoResolver Described => Default.WithAddedModifier(type =>
    {
        foreach (var property in type.Properties)
            property.Name = JsonNamingPolicy.CamelCase.ConvertName((property.AttributeProvider as MemberInfo)?.Name ?? property.Name);
    });
}
