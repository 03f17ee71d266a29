namespace Kith.Core.Storage;

/// <summary>The outcome of an atomic batch: either every operation was applied, or none.</summary>
/// <param name="Failure"><see cref="BatchFailure.None"/> when applied.</param>
/// <param name="FailedOperation">Index of the first operation that could not be applied; -1 when applied.</param>
/// <param name="ETags">The new etag of each operation in order (empty text for deletions); empty when not applied.</param>
public sealed record BatchResult(BatchFailure Failure, int FailedOperation, IReadOnlyList<string> ETags)
{
    public bool Applied => Failure == BatchFailure.None;
}
