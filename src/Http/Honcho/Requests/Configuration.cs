using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core;
using Kith.Core.Tokens;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <summary>
/// The configuration of workspaces and sessions (spec honcho-api §5.1). Known settings are checked and kept in their own type; unknown
/// ones, also within sections, are kept as they are; nulls are not stored.
/// </summary>
internal static class Configuration
{
    private const string PeerCard = "peer_card";
    private const int ShortSummaryMessages = 10;
    private const int LongSummaryMessages = 20;

    public static JsonElement? Read(Input configuration, Dialect dialect)
    {
        if (configuration.FreeObject() is not { } cleaned || configuration.Object() is not { } fields)
            return null;
        var stored = WithoutNulls(cleaned);
        PutReasoning(stored, fields, dialect);
        Put(stored, PeerCard, ReadPeerCard(fields.Optional(PeerCard)));
        Put(stored, "summary", ReadSection(fields.Optional("summary"), ReadSummary));
        Put(stored, "dream", ReadSection(fields.Optional("dream"), (section, kept) => Put(kept, "enabled", section.Optional("enabled").Boolean())));
        return JsonSerializer.SerializeToElement(stored);
    }

    /// <summary>A message's own configuration holds the reasoning section (spec honcho-api §5.2), and in v2 that of the card (§12.1).</summary>
    public static JsonElement? ReadOfMessage(Input configuration, Dialect dialect)
    {
        if (configuration.FreeObject() is null || configuration.Object() is not { } fields)
            return null;
        var stored = new JsonObject();
        PutReasoning(stored, fields, dialect);
        if (dialect.MessagesConfigureCards)
            Put(stored, PeerCard, ReadPeerCard(fields.Optional(PeerCard)));
        return JsonSerializer.SerializeToElement(stored);
    }

    /// <summary>Kept under one name, whatever the version of the protocol calls it.</summary>
    private static void PutReasoning(JsonObject stored, Fields fields, Dialect dialect)
    {
        var named = fields.Optional(dialect.Reasoning);
        var reasoning = ReadReasoning(named.IsMissing ? fields.Optional(Dialect.StoredReasoning) : named);
        if (dialect.Reasoning != Dialect.StoredReasoning)
            stored.Remove(dialect.Reasoning);
        Put(stored, Dialect.StoredReasoning, reasoning);
    }

    private static JsonObject? ReadPeerCard(Input card) => ReadSection(card, (section, kept) =>
    {
        Put(kept, "use", section.Optional("use").Boolean());
        Put(kept, "create", section.Optional("create").Boolean());
    });

    private static JsonObject? ReadReasoning(Input reasoning) => ReadSection(reasoning, (section, kept) =>
    {
        Put(kept, "enabled", section.Optional("enabled").Boolean());
        var instructions = section.Optional("custom_instructions");
        var text = instructions.Text();
        Put(kept, "custom_instructions", text);
        if (text is not null && Tokenizer.Exceeds(text, Limits.CustomInstructionTokens))
            instructions.Break<string>($"custom_instructions must have at most {Limits.CustomInstructionTokens} tokens");
    });

    private static void ReadSummary(Fields section, JsonObject kept)
    {
        var shorter = section.Optional("messages_per_short_summary").Integer(min: ShortSummaryMessages);
        var longer = section.Optional("messages_per_long_summary").Integer(min: LongSummaryMessages);
        Put(kept, "enabled", section.Optional("enabled").Boolean());
        Put(kept, "messages_per_short_summary", shorter);
        Put(kept, "messages_per_long_summary", longer);
        if (shorter >= longer)
            section.Errors.AddRule(section.Location, "messages_per_short_summary must be less than messages_per_long_summary", section.Element);
    }

    private static JsonObject? ReadSection(Input section, Action<Fields, JsonObject> read)
    {
        if (section.Object() is not { } fields)
            return null;
        var kept = WithoutNulls(FreeJson.Clean(fields.Element));
        read(fields, kept);
        return kept;
    }

    private static JsonObject WithoutNulls(JsonElement element)
    {
        var kept = new JsonObject();
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                kept[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return kept;
    }

    private static void Put(JsonObject stored, string name, JsonNode? value)
    {
        if (value is not null)
            stored[name] = value;
    }
}
