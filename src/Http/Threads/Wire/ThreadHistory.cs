using System.Text.Json.Serialization;

namespace Kith.Http.Threads.Wire;

/// <param name="Messages">In the format <c>messages</c>.</param>
/// <param name="Text">In the format <c>text</c>.</param>
/// <param name="TotalMessages">Before the limits of the request.</param>
/// <param name="Omitted">Left out by these limits.</param>
/// <param name="TruncatedCount">Hidden by the thread beyond that.</param>
/// <param name="EstimatedTokens">Four characters each, content and file paths, without what the layout adds.</param>
internal sealed record ThreadHistory(
    string ThreadId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ThreadTurn>? Messages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text,
    int MessageCount,
    int TotalMessages,
    int Omitted,
    long TruncatedCount,
    int EstimatedTokens);
