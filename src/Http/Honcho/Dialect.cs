using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Honcho;

/// <summary>What the versions of the protocol do differently where they share a handler (spec honcho-api §12.1), as metadata of a version's routes.</summary>
internal sealed class Dialect
{
    /// <summary>The section of a stored configuration that switches reasoning.</summary>
    public const string StoredReasoning = "reasoning";

    private Dialect()
    {
    }

    public static Dialect V3 { get; } = new()
    {
        Created = StatusCodes.Status201Created,
        Reasoning = StoredReasoning,
        ContextSearchQuery = ["search_query"],
        IncludeMostFrequent = "include_most_frequent",
        MaxConclusions = "max_conclusions",
        LimitsMetadata = true,
    };

    public static Dialect V2 { get; } = new()
    {
        Created = StatusCodes.Status200OK,
        Reasoning = "deriver",
        // The older name is the one that documentation and clients before 1.6 know.
        ContextSearchQuery = ["last_message", "search_query"],
        IncludeMostFrequent = "include_most_derived",
        MaxConclusions = "max_observations",
        MessagesConfigureCards = true,
        TargetsMayBeUnknown = true,
        EmptyAnswer = "None",
        LastDelta = new(Content: null),
    };

    /// <summary>The status of answers about what is new.</summary>
    public required int Created { get; init; }

    /// <summary>What <see cref="StoredReasoning"/> is called on the wire.</summary>
    public required string Reasoning { get; init; }

    /// <summary>Spellings of the query that curates the representation in a session context, the stronger one first.</summary>
    public required IReadOnlyList<string> ContextSearchQuery { get; init; }

    public required string IncludeMostFrequent { get; init; }

    public required string MaxConclusions { get; init; }

    public bool LimitsMetadata { get; init; }

    /// <summary>Whether a message's own configuration may hold the section of the peer card.</summary>
    public bool MessagesConfigureCards { get; init; }

    /// <summary>Whether a context about an unknown peer is one without knowledge, instead of 404.</summary>
    public bool TargetsMayBeUnknown { get; init; }

    /// <summary>What an answer without a word says.</summary>
    public string? EmptyAnswer { get; init; }

    /// <summary>What the last event of a stream carries.</summary>
    public Wire.ChatPart.Fragment? LastDelta { get; init; }

    public JsonElement? ReadMetadata(Input metadata) => LimitsMetadata ? metadata.Metadata() : metadata.FreeObject();

    /// <summary>A stored configuration as clients of this version know it: never with the section under two names.</summary>
    public JsonElement Show(JsonElement configuration)
    {
        if (!configuration.TryGetProperty(StoredReasoning, out _) || (Reasoning == StoredReasoning && !configuration.TryGetProperty(V2.Reasoning, out _)))
            return configuration;
        var shown = new JsonObject();
        foreach (var member in configuration.EnumerateObject().Where(member => member.Name != V2.Reasoning))
            shown[member.Name == StoredReasoning ? Reasoning : member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return JsonSerializer.SerializeToElement(shown);
    }
}
