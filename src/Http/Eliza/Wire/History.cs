using Kith.Core.Agency;

namespace Kith.Http.Eliza.Wire;

/// <param name="Cursors">Null in an empty page.</param>
internal sealed record History(IReadOnlyList<Message> Messages, bool HasMore, History.Bounds? Cursors)
{
    public static History Of(HistoryPage page) => new(
        [.. page.Messages.Select(message => Message.Of(message, page.Session))],
        page.HasMore,
        page.Messages is [var newest, .., var oldest] ? Bounds.Of(oldest, newest) : page.Messages is [var only] ? Bounds.Of(only, only) : null);

    /// <summary>Milliseconds since 1970 of the oldest and the newest message.</summary>
    internal sealed record Bounds(long Before, long After)
    {
        public static Bounds Of(Core.Conversations.Message oldest, Core.Conversations.Message newest) =>
            new(oldest.CreatedAt.ToUnixTimeMilliseconds(), newest.CreatedAt.ToUnixTimeMilliseconds());
    }
}
