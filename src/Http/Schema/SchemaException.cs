namespace Kith.Http.Schema;

/// <summary>A request that does not have the shape its route asks for: everything that is wrong with it, in field order.</summary>
internal sealed class SchemaException(params IReadOnlyList<SchemaError> errors) : Exception("The request does not match the schema.")
{
    public IReadOnlyList<SchemaError> Errors { get; } = errors;
}
