using System.Text.Json;

namespace Kith.Compliance.Tests.Search;

/// <summary>A field of an index definition. An attribute that is not written is off; only what is written as retrievable false is hidden.</summary>
internal sealed record SearchField(string Name, string Type, bool IsKey, bool IsSearchable, bool IsFilterable, bool IsSortable, bool IsRetrievable, int Dimensions, string? Analyzer)
{
    public static SearchField Of(JsonElement field) => new(
        field.GetProperty("name").GetString()!,
        field.GetProperty("type").GetString()!,
        Is(field, "key", standard: false),
        Is(field, "searchable", standard: false),
        Is(field, "filterable", standard: false),
        Is(field, "sortable", standard: false),
        Is(field, "retrievable", standard: true),
        field.TryGetProperty("dimensions", out var dimensions) ? dimensions.GetInt32() : 0,
        field.TryGetProperty("analyzer", out var analyzer) ? analyzer.GetString() : null);

    /// <summary>What the field's analyser makes of a text. Only analysers that the definition uses are known.</summary>
    public string[] Analyse(string text) => Analyzer switch
    {
        "whitespace" => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        "standard.lucene" => text.ToLowerInvariant().Split([.. text.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries),
        _ => throw new NotSupportedException($"The double knows no analyser {Analyzer}."),
    };

    public bool Fits(JsonElement value) => value.ValueKind == JsonValueKind.Null || Type switch
    {
        "Edm.String" => value.ValueKind == JsonValueKind.String,
        "Edm.Int64" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "Collection(Edm.Single)" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == Dimensions,
        _ => throw new NotSupportedException($"The double knows no type {Type}."),
    };

    private static bool Is(JsonElement field, string attribute, bool standard) => field.TryGetProperty(attribute, out var value) ? value.GetBoolean() : standard;
}
