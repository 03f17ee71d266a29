using Kith.Core.Reasoning;

namespace Kith.Core.Answers;

/// <summary>Memory as far as one question may look into it.</summary>
internal sealed class ChatMemory(ChatConclusions conclusions, ChatMessages messages, ChatScope scope)
{
    /// <summary>Messages shown before and after one that a tool has found (spec honcho-engine §7.4).</summary>
    private const int Around = 2;

    public MemoryTools Tools => new(LookAsync) { OffersChains = scope.Allowed is null };

    private Task<Found> LookAsync(ToolRequest request, CancellationToken cancellationToken) => request switch
    {
        ToolRequest.SearchMemory search => conclusions.SearchAsync(search.Query, search.Limit, cancellationToken),
        ToolRequest.SearchMessages search => messages.SearchAsync(new(scope.Workspace, search.Query) { Limit = search.Limit }, search.Around, cancellationToken),
        ToolRequest.SearchMessagesByDate search => messages.SearchAsync(
            new(scope.Workspace, search.Query) { Limit = search.Limit, From = search.From, To = search.To },
            Around,
            cancellationToken),
        ToolRequest.GrepMessages grep => messages.GrepAsync(grep.Text, grep.Limit, Around, cancellationToken),
        ToolRequest.MessagesByDate range => messages.ByDateAsync(range.From, range.To, range.Limit, cancellationToken),
        ToolRequest.ConclusionContext context => ContextAsync(context.ConclusionId, cancellationToken),
        ToolRequest.ReasoningChain chain => ChainAsync(chain.ConclusionId, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private async Task<Found> ContextAsync(string id, CancellationToken cancellationToken) =>
        await conclusions.FindAsync(id, cancellationToken) is { } conclusion
            ? await messages.BehindAsync(await conclusions.SourcesAsync(conclusion, cancellationToken), Around, cancellationToken)
            : Found.Nothing;

    private async Task<Found> ChainAsync(string id, CancellationToken cancellationToken)
    {
        if (scope.Allowed is not null || await conclusions.FindAsync(id, cancellationToken) is not { } conclusion)
            return Found.Nothing;

        var linked = conclusions.LinkedAsync(conclusion, cancellationToken);
        var said = messages.BehindAsync([conclusion], around: 0, cancellationToken);
        await Task.WhenAll(linked, said);
        return new Found(await linked, (await said).Excerpts);
    }
}
