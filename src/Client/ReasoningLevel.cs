using System.Text.Json.Serialization;

namespace Kith.Client;

/// <summary>How much work goes into an answer.</summary>
public enum ReasoningLevel
{
    /// <summary>One look at what is known.</summary>
    [JsonStringEnumMemberName("minimal")]
    Minimal,

    /// <summary>The usual.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>More searches.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Many searches.</summary>
    [JsonStringEnumMemberName("high")]
    High,

    /// <summary>As many as the server allows; takes longest.</summary>
    [JsonStringEnumMemberName("max")]
    Max,
}
