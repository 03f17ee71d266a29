using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record MessageBatch(IReadOnlyList<MessageCreate> Messages)
{
    public static MessageBatch? Read(Input body, Dialect dialect) =>
        body.Object() is not { } fields ? null : new(fields.Required("messages").List(message => MessageCreate.Read(message, dialect), 1, Limits.MessagesPerCall)!);
}
