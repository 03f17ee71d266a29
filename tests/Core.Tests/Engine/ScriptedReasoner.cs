using System.Runtime.CompilerServices;
using Kith.Core.Reasoning;

namespace Kith.Core.Tests.Engine;

/// <summary>Takes every message of the observed peer for a statement, so that tests decide what is derived. Counts its calls and can be told to fail.</summary>
internal sealed class ScriptedReasoner : IReasoner
{
    private int _derivations;
    private int _consolidations;

    public string Name => "scripted";

    public int Derivations => _derivations;

    public int Consolidations => _consolidations;

    public Debounce? Debounce { get; init; }

    /// <summary>The turns of each derivation.</summary>
    public List<IReadOnlyList<Turn>> Derived { get; } = [];

    public List<SummaryRequest> Summaries { get; } = [];

    /// <summary>Whether statements begin with who made them.</summary>
    public bool Speaker { get; init; } = true;

    public Consolidation Consolidation { get; set; } = new([], []);

    /// <summary>Makes the consolidation in place of the fixed one.</summary>
    public Func<ConsolidationRequest, CancellationToken, Task<Consolidation>>? Dream { get; set; }

    /// <summary>What is made of a message; null makes nothing of it.</summary>
    public Func<Turn, string?> Reads { get; set; } = turn => turn.Content;

    /// <summary>Thrown instead of the next derivations, once each.</summary>
    public Queue<Exception> Failures { get; } = [];

    public Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _derivations);
        if (Failures.TryDequeue(out var failure))
            throw failure;

        lock (Derived)
            Derived.Add(request.Turns);
        IReadOnlyList<Statement> statements = [.. request.Turns
            .Where(turn => turn.PeerId == request.Observed && !turn.Content.EndsWith('?'))
            .Select(turn => (turn, Text: Reads(turn)))
            .Where(read => read.Text is not null)
            .Select(read => Parse(read.turn with { Content = read.Text! }))];
        return Task.FromResult(statements);
    }

    public Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        lock (Summaries)
            Summaries.Add(request);
        if (request.Parts.Count > 0)
            return Task.FromResult<string?>($"{request.Previous} [{string.Join(" | ", request.Parts)}]".Trim());
        return Task.FromResult<string?>($"{request.Previous} {request.Turns.Count} turns up to {request.Turns[^1].Content}".Trim());
    }

    public async IAsyncEnumerable<AnswerPart> AnswerAsync(Question question, MemoryTools tools, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var conclusions = await tools.SearchMemoryAsync(question.Text, 10, cancellationToken);
        var messages = await tools.SearchMessagesAsync(question.Text, 10, cancellationToken);
        yield return new AnswerPart.Text(string.Join("\n", conclusions.Select(conclusion => conclusion.Content)));
        yield return new AnswerPart.Grounds(conclusions, messages);
    }

    public Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _consolidations);
        return Dream is null ? Task.FromResult(Consolidation) : Dream(request, cancellationToken);
    }

    /// <summary><c>[slot] text</c> fills an exclusive slot.</summary>
    private Statement Parse(Turn turn)
    {
        var end = turn.Content.StartsWith('[') ? turn.Content.IndexOf(']', StringComparison.Ordinal) : -1;
        return end < 0
            ? new Statement(Speaker ? $"{turn.PeerId}: {turn.Content}" : turn.Content, [turn.MessageId])
            : new Statement($"{turn.PeerId}: {turn.Content[(end + 2)..]}", [turn.MessageId]) { Slot = turn.Content[1..end], Card = CardCategory.Identity };
    }
}
