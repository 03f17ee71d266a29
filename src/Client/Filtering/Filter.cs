using System.Text.Json.Nodes;

namespace Kith.Client.Filtering;

/// <summary>Which of many: conditions on fields, joined by <c>&amp;</c>, <c>|</c> and <c>!</c>. Nested up to 5 levels.</summary>
/// <example>
/// <code>
/// var finance = Filter.Metadata("topic").Is("finance") &amp; Filter.CreatedAt.AtLeast(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
/// await foreach (var message in session.GetMessagesAsync(finance))
///     Console.WriteLine(message.Content);
/// </code>
/// </example>
public sealed class Filter
{
    private const string And = "AND", Or = "OR", Not = "NOT";

    private readonly JsonObject _wire;

    internal Filter(JsonObject wire) => _wire = wire;

    /// <summary>The id: of workspaces, peers, sessions and conclusions.</summary>
    public static FilterField Id { get; } = new("id");

    /// <summary>When it was made or said. Takes times.</summary>
    public static FilterField CreatedAt { get; } = new("created_at");

    /// <summary>Who said a message.</summary>
    public static FilterField PeerId { get; } = new("peer_id");

    /// <summary>The session of a message or a conclusion.</summary>
    public static FilterField SessionId { get; } = new("session_id");

    /// <summary>Tokens of a message.</summary>
    public static FilterField TokenCount { get; } = new("token_count");

    /// <summary>Whether a session is active.</summary>
    public static FilterField IsActive { get; } = new("is_active");

    /// <summary>The level of a conclusion: <c>explicit</c>, <c>deductive</c>, <c>inductive</c> or <c>contradiction</c>.</summary>
    public static FilterField Level { get; } = new("level");

    /// <summary>Who holds a conclusion.</summary>
    public static FilterField Observer { get; } = new("observer_id");

    /// <summary>Whom a conclusion is about.</summary>
    public static FilterField Observed { get; } = new("observed_id");

    /// <summary>The text of a conclusion. Messages are searched, not filtered, by their text.</summary>
    public static FilterField Content { get; } = new("content");

    /// <summary>How often a conclusion was found.</summary>
    public static FilterField TimesDerived { get; } = new("times_derived");

    /// <summary>The conclusions that a conclusion was drawn from. <see cref="FilterField.Contains"/> takes the id of one.</summary>
    public static FilterField SourceIds { get; } = new("source_ids");

    /// <summary>Any other field that the server filters by.</summary>
    /// <param name="name">Its name on the wire.</param>
    public static FilterField Field(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(name);
    }

    /// <summary>A member of the metadata. Lists and objects match what contains them.</summary>
    /// <param name="key">Its name; of the first level.</param>
    public static FilterField Metadata(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return new(key, inMetadata: true);
    }

    /// <summary>What is written as the server reads it.</summary>
    /// <param name="wire">An object of the filter grammar.</param>
    public static Filter Of(JsonObject wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new((JsonObject)wire.DeepClone());
    }

    /// <summary>Both hold.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static Filter operator &(Filter left, Filter right) => Join(And, left, right);

    /// <summary>One of them holds, or both.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static Filter operator |(Filter left, Filter right) => Join(Or, left, right);

    /// <summary>It does not hold, or the field has no value.</summary>
    /// <param name="filter">The condition.</param>
    public static Filter operator !(Filter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new(new JsonObject { [Not] = new JsonArray(filter.ToJson()) });
    }

    /// <summary>As <c>&amp;</c>.</summary>
    /// <param name="other">The other.</param>
    public Filter BitwiseAnd(Filter other) => this & other;

    /// <summary>As <c>|</c>.</summary>
    /// <param name="other">The other.</param>
    public Filter BitwiseOr(Filter other) => this | other;

    /// <summary>As <c>!</c>.</summary>
    public Filter LogicalNot() => !this;

    /// <summary>What goes to the server; a copy.</summary>
    public JsonObject ToJson() => (JsonObject)_wire.DeepClone();

    /// <summary>The same as text.</summary>
    public override string ToString() => _wire.ToJsonString();

    /// <summary>Chains stay on one level: three conditions joined by the same word are a list of three.</summary>
    private static Filter Join(string word, Filter left, Filter right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(new JsonObject { [word] = new JsonArray([.. left.Parts(word), .. right.Parts(word)]) });
    }

    private IEnumerable<JsonNode?> Parts(string word) =>
        _wire.Count == 1 && _wire[word] is JsonArray parts ? parts.Select(part => part?.DeepClone()) : [ToJson()];
}
