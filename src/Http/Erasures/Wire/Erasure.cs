using Kith.Http.Erasures.Requests;
using Kith.Http.Schema;

namespace Kith.Http.Erasures.Wire;

/// <summary>A receipt: ids and counts, never content.</summary>
/// <param name="State"><c>running</c>, <c>completed</c> (the proof found nothing) or <c>failed</c>.</param>
/// <param name="Erased">What was taken away, by kind of document; <c>recall</c> are entries of the search index with their vectors.</param>
/// <param name="Remaining">What the proof found at the end.</param>
/// <param name="Copies">Sessions that began as copies of the erased one, which stay.</param>
/// <param name="Proof">Where anybody can have every store searched again.</param>
/// <param name="Beyond">What Kith cannot erase, and until when it is there.</param>
internal sealed record Erasure(
    string Id,
    string Kind,
    string? Session,
    string? Message,
    string? Peer,
    string? Conclusion,
    string State,
    string? Reason,
    IReadOnlyDictionary<string, long> Erased,
    IReadOnlyDictionary<string, long> Remaining,
    IReadOnlyList<string> Copies,
    string Proof,
    IReadOnlyList<Beyond> Beyond,
    string CreatedAt,
    string StartedAt,
    string? FinishedAt)
{
    public static Erasure Of(Core.Erasing.Erasure erasure, TimeSpan backups) => new(
        erasure.Id,
        ErasureCreate.Name(erasure.Target.Kind),
        erasure.Target.Session,
        erasure.Target.Message,
        erasure.Target.Peer,
        erasure.Target.Conclusion,
        erasure.State.ToString().ToLowerInvariant(),
        erasure.Reason,
        Wire.Proof.Named(erasure.Counts),
        Wire.Proof.Named(erasure.Remaining),
        erasure.Copies,
        $"/v1/workspaces/{erasure.WorkspaceId}/erasures/{erasure.Id}/proof",
        [
            backups > TimeSpan.Zero
                ? new Beyond("Backups that the platform makes of the document store", erasure.FinishedAt is { } time ? Moment.Format(time + backups) : null)
                : new Beyond("Backups of the data folder: Kith makes none, the operator may", null),
            new Beyond("Claims of requests with an Idempotency-Key: hashes, and first answers that only the caller's key opens", erasure.FinishedAt is { } claimed ? Moment.Format(claimed.AddDays(1)) : null),
            new Beyond("Logs and traces: they name ids, never content, and end with the retention of the log store", null),
            new Beyond("What was exported or sent to webhooks, agents and models before", null),
        ],
        Moment.Format(erasure.CreatedAt),
        Moment.Format(erasure.StartedAt),
        erasure.FinishedAt is { } end ? Moment.Format(end) : null);
}
