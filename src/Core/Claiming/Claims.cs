using Kith.Core.Storage;

namespace Kith.Core.Claiming;

/// <summary>
/// Calls other than appends, each at most once at a time: the first one takes the claim, the others wait for its answer. The answer is kept as the caller gives it,
/// sealed. A claim whose holder died is taken over after <see cref="Hold"/>; what such a call had done by then may be done again.
/// </summary>
public sealed class Claims
{
    /// <summary>More is not kept: a document must hold it in base 64.</summary>
    public const int MostAnswerBytes = 512 * 1024;

    /// <summary>The detail of a conflict that is over when the first call is.</summary>
    public const string InProgress = "in_progress";

    /// <summary>Longer than any host lets a request run.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly IDocumentStore _store;
    private readonly TimeProvider _time;

    internal Claims(IDocumentStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>The first answer; null when the caller has to carry the call out and then to <see cref="KeepAsync"/> or to <see cref="ReleaseAsync"/>.</summary>
    /// <exception cref="KithException">Invalid: the claim is another call's. Conflict (detail <c>in_progress</c>): the first call takes too long to wait for.</exception>
    public async Task<byte[]?> TakeAsync(string workspace, RequestClaim claim, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(workspace, claim);
        var start = _time.GetTimestamp();
        while (true)
        {
            var document = await _store.ReadAsync(partition, Claim.IdOf(claim), cancellationToken);
            if (document?.As(DocumentJson.Default.Claim) is { } known)
            {
                known.Demand(claim);
                if (known is { HeldUntil: null, Answer: { } answer })
                    return answer;
                if (known.HeldUntil > _time.GetUtcNow())
                {
                    await WaitAsync(start, cancellationToken);
                    continue;
                }
            }

            if (await TryHoldAsync(partition, claim, document?.ETag, cancellationToken))
                return null;
        }
    }

    /// <param name="answer">Null, or more than <see cref="MostAnswerBytes"/>: the call is known to be done, and a repetition is carried out again.</param>
    public Task KeepAsync(string workspace, RequestClaim claim, byte[]? answer, CancellationToken cancellationToken)
    {
        var done = new Claim { BodyHash = claim.BodyHash, CreatedAt = _time.GetUtcNow(), Answer = answer?.Length > MostAnswerBytes ? null : answer };
        return _store.ExecuteAsync(
            PartitionOf(workspace, claim), [new Operation.Upsert(Claim.IdOf(claim), Stored.Body(done, DocumentJson.Default.Claim), claim.Life)], cancellationToken);
    }

    /// <summary>The call was refused: nothing came of it, and it may be made again.</summary>
    public Task ReleaseAsync(string workspace, RequestClaim claim, CancellationToken cancellationToken) =>
        _store.ExecuteAsync(PartitionOf(workspace, claim), [new Operation.Delete(Claim.IdOf(claim))], cancellationToken);

    private static Partition PartitionOf(string workspace, RequestClaim claim) => Partition.Work(workspace, Claim.IdOf(claim));

    private async Task WaitAsync(long start, CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(start) > Patience)
            throw new KithException(ErrorCode.Conflict, "The first request with this Idempotency-Key is still being carried out; try again later.") { Detail = InProgress };
        await Task.Delay(Poll, _time, cancellationToken);
    }

    private async Task<bool> TryHoldAsync(Partition partition, RequestClaim claim, string? etag, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var body = Stored.Body(new Claim { BodyHash = claim.BodyHash, CreatedAt = now, HeldUntil = now + Hold }, DocumentJson.Default.Claim);
        var hold = Operation.Write(Claim.IdOf(claim), body, etag, claim.Life);
        return (await _store.ExecuteAsync(partition, [hold], cancellationToken)).Applied;
    }
}
