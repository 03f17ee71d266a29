using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Conversations;

/// <summary>
/// The messages of a session by the millisecond in which they were said, which is what pages are cut by. A page ends between two milliseconds, never within one:
/// whoever goes on from its last time gets every message once. It is shorter than the limit where that needs it, and longer only where one millisecond alone
/// holds more messages than the limit.
/// </summary>
internal sealed class Timeline(IDocumentStore store, MessageLog log)
{
    private static readonly Field CreatedAt = Field.Time("createdAt");

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The newest messages before <paramref name="before"/>, or with <paramref name="after"/> alone the oldest after it; newest first either way.</summary>
    /// <param name="before">Milliseconds since 1970, exclusive, as is <paramref name="after"/>.</param>
    public async Task<(IReadOnlyList<Message> Messages, bool HasMore)> PageAsync(Partition session, int limit, long? before, long? after, CancellationToken cancellationToken)
    {
        var visible = (await log.HeadAsync(session, cancellationToken)).Visible;
        var newest = before is not null || after is null;
        var query = new Query("message") { Descending = newest, Limit = limit + 1, Where = Stored.And(UpTo(visible), Before(before), After(after)) };
        var taken = new List<Message>(limit + 1);
        var hasMore = false;
        await foreach (var document in store.AllAsync(session, query, cancellationToken))
        {
            var message = document.As(DocumentJson.Default.Message);
            hasMore = taken.Count >= limit && MillisecondOf(message) != MillisecondOf(taken[^1]);
            if (hasMore)
                break;

            taken.Add(message);
            hasMore = taken.Count > limit && MillisecondOf(message) != MillisecondOf(taken[0]);
            if (hasMore)
            {
                // The last millisecond does not fit as a whole: it begins the next page.
                taken.RemoveAll(other => MillisecondOf(other) == MillisecondOf(message));
                break;
            }
        }

        return ([.. taken.OrderByDescending(MillisecondOf).ThenByDescending(message => message.Sequence)], hasMore);
    }

    private static long MillisecondOf(Message message) => message.CreatedAt.ToUnixTimeMilliseconds();

    private static Condition? Before(long? bound) => bound is not { } end || end > Latest ? null : new Condition.Compare(CreatedAt, Comparison.Less, Time(end));

    private static Condition? After(long? bound) => bound is not { } start ? null : new Condition.Compare(CreatedAt, Comparison.GreaterOrEqual, Time(start < Latest ? start + 1 : Latest));

    private static Condition UpTo(long visible) => new Condition.Compare(Field.Number("sequence"), Comparison.LessOrEqual, (double)visible);

    private static string Time(long milliseconds) =>
        Timestamp.Of(DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), Latest)));
}
