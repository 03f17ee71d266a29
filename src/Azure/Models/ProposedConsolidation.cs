namespace Kith.Azure.Models;

/// <summary>What a model gives for a consolidation; ids are the numbers of the lines it was shown.</summary>
internal sealed record ProposedConsolidation(
    IReadOnlyList<ProposedConsolidation.Merge> Merges,
    IReadOnlyList<ProposedConsolidation.Supersession> Supersessions,
    IReadOnlyList<ProposedConsolidation.Contradiction> Contradictions,
    IReadOnlyList<ProposedConsolidation.Pattern> Patterns)
{
    public const string Schema = """
        {
          "type": "object",
          "properties": {
            "merges": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "kept": { "type": "integer" },
                  "duplicates": { "type": "array", "items": { "type": "integer" } }
                },
                "required": ["kept", "duplicates"],
                "additionalProperties": false
              }
            },
            "supersessions": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "old": { "type": "integer" },
                  "new": { "type": "integer" }
                },
                "required": ["old", "new"],
                "additionalProperties": false
              }
            },
            "contradictions": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "conclusions": { "type": "array", "items": { "type": "integer" } },
                  "reason": { "type": "string" }
                },
                "required": ["conclusions", "reason"],
                "additionalProperties": false
              }
            },
            "patterns": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "content": { "type": "string" },
                  "sources": { "type": "array", "items": { "type": "integer" } }
                },
                "required": ["content", "sources"],
                "additionalProperties": false
              }
            }
          },
          "required": ["merges", "supersessions", "contradictions", "patterns"],
          "additionalProperties": false
        }
        """;

    internal sealed record Merge(int Kept, IReadOnlyList<int> Duplicates);

    internal sealed record Supersession(int Old, int New);

    internal sealed record Contradiction(IReadOnlyList<int> Conclusions, string Reason);

    internal sealed record Pattern(string Content, IReadOnlyList<int> Sources);
}
