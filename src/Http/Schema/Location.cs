using System.Text.Json;

namespace Kith.Http.Schema;

/// <summary>Where in a request a value stands: <c>body</c>, <c>query</c> or <c>path</c>, then member names and list indexes.</summary>
internal sealed class Location
{
    private readonly Location? _parent;
    private readonly object _step;

    private Location(Location? parent, object step) => (_parent, _step) = (parent, step);

    public static Location Body { get; } = new(null, "body");

    public static Location Query { get; } = new(null, "query");

    public Location At(string member) => new(this, member);

    public Location At(int index) => new(this, index);

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        WriteSteps(writer);
        writer.WriteEndArray();
    }

    /// <summary>For example <c>body.messages.0.content</c>.</summary>
    public override string ToString() => _parent is null ? $"{_step}" : $"{_parent}.{_step}";

    private void WriteSteps(Utf8JsonWriter writer)
    {
        _parent?.WriteSteps(writer);
        if (_step is int index)
            writer.WriteNumberValue(index);
        else
            writer.WriteStringValue((string)_step);
    }
}
