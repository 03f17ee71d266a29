using System.Text.Json;

namespace Kith.Http.Schema;

/// <summary>The members of a JSON object. The last of several members with one name counts.</summary>
internal readonly struct Fields(JsonElement element, Location location, SchemaErrors errors)
{
    public JsonElement Element => element;

    public Location Location => location;

    public SchemaErrors Errors => errors;

    /// <summary>Reports a member that is absent. <paramref name="alias"/> is another accepted spelling.</summary>
    public Input Required(string name, string? alias = null)
    {
        if (Find(name, alias) is { } value)
            return new Input(value, location.At(name), errors);
        errors.Add("missing", location.At(name), "Field required", element);
        return Input.Missing;
    }

    /// <summary>Null counts as absent.</summary>
    public Input Optional(string name, string? alias = null) =>
        Find(name, alias) is { ValueKind: not JsonValueKind.Null } value ? new Input(value, location.At(name), errors) : Input.Missing;

    /// <summary>May be absent, but not null.</summary>
    public Input Defaulted(string name) =>
        Find(name, null) is { } value ? new Input(value, location.At(name), errors) : Input.Missing;

    /// <summary>Reports members of any other name: where a misspelt one would do more than was meant, or take something back.</summary>
    public Fields Only(params ReadOnlySpan<string> names)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
                errors.Add("extra_forbidden", location.At(member.Name), "Extra inputs are not permitted", member.Value);
        }

        return this;
    }

    private JsonElement? Find(string name, string? alias)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        if (element.TryGetProperty(name, out var value) || (alias is not null && element.TryGetProperty(alias, out value)))
            return value;
        return null;
    }
}
