using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Http.Schema;

/// <summary>Collects what is wrong with one request, so that a client sees all of it at once.</summary>
internal sealed class SchemaErrors
{
    private readonly List<SchemaError> _errors = [];

    public void Add(string type, Location location, string message, JsonElement input, JsonObject? context = null) =>
        _errors.Add(new SchemaError(type, location, message, input, context));

    /// <summary>A rule that no type expresses.</summary>
    public void AddRule(Location location, string message, JsonElement input) =>
        Add("value_error", location, "Value error, " + message, input, new JsonObject { ["error"] = new JsonObject() });

    /// <exception cref="SchemaException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new SchemaException(_errors);
    }
}
