using System.Text.Json;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;

namespace Kith.Core.Answers;

/// <summary>A question to memory (spec honcho-api §9.3 and §11).</summary>
/// <param name="Observer">The peer that is asked, created when new; null asks the whole workspace.</param>
public sealed record ChatRequest(string Workspace, string? Observer, string Question)
{
    /// <summary>Must exist and be active.</summary>
    public string? Session { get; init; }

    /// <summary>Must exist; null asks the observer about itself.</summary>
    public string? Target { get; init; }

    public ReasoningLevel Level { get; init; } = ReasoningLevel.Low;

    /// <summary>Only explicit conclusions and messages of these sessions; an empty list sees nothing.</summary>
    public IReadOnlyList<string>? Sessions { get; init; }

    /// <summary>Only messages that fulfil it are looked at; null for all.</summary>
    public Condition? Messages { get; init; }

    /// <summary>Scopes whose sessions, together, are the allowlist; each must exist.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Looking back, the answer rests on what was said until then, and on no peer card: it tells about now.</summary>
    public Clocks Clocks { get; init; } = Clocks.Now;

    /// <summary>Checked by <see cref="ResponseFormat"/>.</summary>
    public JsonElement? ResponseFormat { get; init; }
}
