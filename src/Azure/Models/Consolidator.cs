using System.Globalization;
using System.Text;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;
using Kith.Core.Usage;
using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>Merges, supersessions, contradictions and patterns over one pair's conclusions, as many at a time as a model can look at closely.</summary>
internal sealed class Consolidator(ChatModel model, TimeSpan deadline)
{
    private const int MostLines = 400;
    private const int MostTokens = 24_000;
    private const int MostReasonCharacters = 500;

    private readonly StructuredOutput<ProposedConsolidation> _output = new(model, "consolidation", ProposedConsolidation.Schema, ModelJson.Plain.ProposedConsolidation);

    public async Task<Consolidation> RunAsync(ConsolidationRequest request, CancellationToken cancellationToken)
    {
        var merges = new List<Consolidation.Merge>();
        var patterns = new List<Consolidation.Pattern>();
        var supersessions = new List<Consolidation.Supersession>();
        var contradictions = new List<Consolidation.Contradiction>();
        var usage = ReasoningUsage.None;
        foreach (var group in Groups(request.Conclusions))
        {
            var call = new ChatCall(
                Purposes.Dream,
                request.Workspace,
                [ChatMessage.CreateSystemMessage(Prompts.Consolidate), ChatMessage.CreateUserMessage(Input(request, group))])
            {
                Spent = tokens => usage = new(usage.ModelCalls + 1, usage.InputTokens + (tokens?.InputTokenCount ?? 0), usage.OutputTokens + (tokens?.OutputTokenCount ?? 0)),
            };
            var proposed = await _output.AskAsync(call, deadline, cancellationToken);
            merges.AddRange(Merges(proposed, group));
            patterns.AddRange(Patterns(proposed, group));
            supersessions.AddRange(Supersessions(proposed, group));
            contradictions.AddRange(Contradictions(proposed, group));
        }

        return new Consolidation(merges, patterns) { Supersessions = supersessions, Contradictions = contradictions, Usage = usage };
    }

    private static IEnumerable<List<RecalledConclusion>> Groups(IReadOnlyList<RecalledConclusion> conclusions)
    {
        var group = new List<RecalledConclusion>();
        var tokens = 0;
        foreach (var conclusion in conclusions)
        {
            var more = Tokenizer.Count(conclusion.Content);
            if (group.Count == MostLines || (group.Count > 0 && tokens + more > MostTokens))
            {
                yield return group;
                (group, tokens) = ([], 0);
            }

            group.Add(conclusion);
            tokens += more;
        }

        // One alone has nothing to be compared with.
        if (group.Count > 1)
            yield return group;
    }

    private static string Input(ConsolidationRequest request, List<RecalledConclusion> group)
    {
        var text = new StringBuilder().Append("Peer: ").Append(request.Observed).Append('\n');
        var lines = group.Select((conclusion, i) => new ConclusionLine((i + 1).ToString(CultureInfo.InvariantCulture), conclusion.Level, DataBlock.Time(conclusion.SaidAt), conclusion.Content));
        text.AppendBlock("conclusions", lines, ModelJson.Plain.ConclusionLine);
        return text.ToString();
    }

    /// <summary>No conclusion goes into two others, and none into one that goes itself.</summary>
    private static IEnumerable<Consolidation.Merge> Merges(ProposedConsolidation proposed, List<RecalledConclusion> shown)
    {
        var kept = new HashSet<string>();
        var gone = new HashSet<string>();
        foreach (var merge in proposed.Merges)
        {
            if (Find(merge.Kept, shown) is not { } target || gone.Contains(target))
                continue;
            string[] duplicates = [.. Find(merge.Duplicates, shown).Where(id => id != target && !kept.Contains(id) && gone.Add(id))];
            if (duplicates.Length == 0)
                continue;
            kept.Add(target);
            yield return new Consolidation.Merge(target, duplicates);
        }
    }

    private static IEnumerable<Consolidation.Pattern> Patterns(ProposedConsolidation proposed, List<RecalledConclusion> shown) =>
        from pattern in proposed.Patterns
        let content = pattern.Content.Trim()
        let sources = Find(pattern.Sources, shown).ToArray()
        where content.Length > 0 && sources.Length >= 2
        select new Consolidation.Pattern(content, sources);

    /// <summary>Nothing ends twice.</summary>
    private static IEnumerable<Consolidation.Supersession> Supersessions(ProposedConsolidation proposed, List<RecalledConclusion> shown) =>
        (from supersession in proposed.Supersessions
         let older = Find(supersession.Old, shown)
         let newer = Find(supersession.New, shown)
         where older is not null && newer is not null && older != newer
         select new Consolidation.Supersession(older, newer)).DistinctBy(supersession => supersession.OlderId);

    private static IEnumerable<Consolidation.Contradiction> Contradictions(ProposedConsolidation proposed, List<RecalledConclusion> shown)
    {
        foreach (var contradiction in proposed.Contradictions)
        {
            if (Find(contradiction.Conclusions, shown).ToArray() is not [var one, var other])
                continue;
            var reason = contradiction.Reason.Trim();
            yield return new Consolidation.Contradiction(one, other, reason.Length is > 0 and <= MostReasonCharacters ? reason : null);
        }
    }

    private static IEnumerable<string> Find(IReadOnlyList<int> numbers, List<RecalledConclusion> shown) =>
        numbers.Select(number => Find(number, shown)).OfType<string>().Distinct();

    private static string? Find(int number, List<RecalledConclusion> shown) => number >= 1 && number <= shown.Count ? shown[number - 1].Id : null;
}
