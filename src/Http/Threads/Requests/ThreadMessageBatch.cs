using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Requests;

internal sealed record ThreadMessageBatch(IReadOnlyList<ThreadMessageCreate> Messages)
{
    public static ThreadMessageBatch? Read(Input body) =>
        body.Object() is not { } fields ? null : new(fields.Required("messages").List(ThreadMessageCreate.Read, 1, Limits.MessagesPerCall)!);
}
