namespace Kith.Azure.Models;

/// <summary>What a model gives for a consolidation; ids are the numbers of the lines it was shown.</summary>
internal sealed record ProposedConsolidation(IReadOnlyList<ProposedConsolidation.Merge> Merges, IReadOnlyList<ProposedConsolidation.Pattern> Patterns)
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
          "required": ["merges", "patterns"],
          "additionalProperties": false
        }
        """;

    internal sealed record Merge(int Kept, IReadOnlyList<int> Duplicates);

    internal sealed record Pattern(string Content, IReadOnlyList<int> Sources);
}
