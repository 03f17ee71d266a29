using Kith.Client.Models;

namespace Kith.Mcp.Results;

/// <param name="Answer">Null where there is nothing to say.</param>
/// <param name="Known">The conclusions that it rests on.</param>
/// <param name="MessageIds">The messages that it rests on.</param>
internal sealed record Answered(string? Answer, IReadOnlyList<KnownFact> Known, IReadOnlyList<string> MessageIds)
{
    public static Answered Of(ChatAnswer answer) => new(
        answer.Content,
        [.. answer.Evidence?.Conclusions.Select(KnownFact.Of) ?? []],
        [.. answer.Evidence?.Messages.Select(message => message.Id) ?? []]);
}
