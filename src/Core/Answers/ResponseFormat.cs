using System.Text.Json;

namespace Kith.Core.Answers;

/// <summary>The subset of JSON Schema that answers can be asked for (spec honcho-api §9.3).</summary>
public static class ResponseFormat
{
    /// <summary>Invalid, with the place that is not supported.</summary>
    public static void Check(JsonElement schema) => throw new NotSupportedException();
}
