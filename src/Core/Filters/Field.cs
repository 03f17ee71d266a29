namespace Kith.Core.Filters;

/// <summary>A place in a document's body, and how values there compare.</summary>
/// <param name="Path">Member names from the root, never empty. Names come from users (metadata keys): treat them as data.</param>
public sealed record Field(FieldKind Kind, params IReadOnlyList<string> Path)
{
    public static Field Text(params IReadOnlyList<string> path) => new(FieldKind.Text, path);

    public static Field Number(params IReadOnlyList<string> path) => new(FieldKind.Number, path);

    public static Field Boolean(params IReadOnlyList<string> path) => new(FieldKind.Boolean, path);

    public static Field Time(params IReadOnlyList<string> path) => new(FieldKind.Time, path);

    public static Field TextList(params IReadOnlyList<string> path) => new(FieldKind.TextList, path);

    public static Field Json(params IReadOnlyList<string> path) => new(FieldKind.Json, path);
}
