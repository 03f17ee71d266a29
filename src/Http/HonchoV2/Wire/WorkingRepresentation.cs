namespace Kith.Http.HonchoV2.Wire;

/// <summary>A representation, and its parts once more beside it: 1.x clients that do not unwrap it look there (spec honcho-api §12.4).</summary>
internal sealed record WorkingRepresentation(
    StructuredRepresentation Representation,
    IReadOnlyList<StructuredRepresentation.Statement> Explicit,
    IReadOnlyList<StructuredRepresentation.Deduction> Deductive);
