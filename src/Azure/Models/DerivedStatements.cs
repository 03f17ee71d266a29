namespace Kith.Azure.Models;

/// <summary>What a model gives for a derivation.</summary>
internal sealed record DerivedStatements(IReadOnlyList<DerivedStatements.Item> Statements)
{
    public const string Schema = """
        {
          "type": "object",
          "properties": {
            "statements": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "content": { "type": "string" },
                  "turns": { "type": "array", "items": { "type": "integer" } },
                  "slot": { "type": ["string", "null"] },
                  "valid_from": { "type": ["string", "null"] },
                  "language": { "type": ["string", "null"] },
                  "card": { "type": ["string", "null"], "enum": ["identity", "attribute", "relationship", "instruction", null] }
                },
                "required": ["content", "turns", "slot", "valid_from", "language", "card"],
                "additionalProperties": false
              }
            }
          },
          "required": ["statements"],
          "additionalProperties": false
        }
        """;

    internal sealed record Item(string Content, IReadOnlyList<int> Turns, string? Slot = null, string? ValidFrom = null, string? Language = null, string? Card = null);
}
