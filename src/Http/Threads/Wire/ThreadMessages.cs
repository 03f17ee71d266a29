namespace Kith.Http.Threads.Wire;

internal sealed record ThreadMessages(IReadOnlyList<ThreadMessage> Messages)
{
    public static ThreadMessages Of(IReadOnlyList<Core.Threads.ThreadMessage> messages) => new([.. messages.Select(ThreadMessage.Of)]);
}
