using System.Text.Json;

namespace Kith.Core.Threads;

/// <summary>Changes to a thread; what is null stays as it is.</summary>
/// <param name="InitialContext">Members to set in it, one level deep.</param>
public sealed record ThreadUpdate(JsonElement? InitialContext = null, string? WorkflowName = null, double? TtlHours = null, int? MaxMessages = null);
