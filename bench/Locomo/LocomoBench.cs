using System.Diagnostics;

namespace Kith.Bench.Locomo;

/// <summary>
/// Loads the conversations as an application would, through the HTTP API, and measures with whatever reasoner the host uses: whether
/// search brings up the turns that hold the answers, which facts were derived, when answers abstain, and what it costs.
/// </summary>
internal sealed class LocomoBench(KithApi api, TextWriter output)
{
    private const int Adversarial = 5;

    private static readonly int[] Cuts = [5, 10, 25, 50];
    private static readonly string[] Categories = ["", "multi-hop", "temporal", "open-domain", "single-hop"];

    private readonly List<Tally> _tallies = [];
    private readonly List<double> _searches = [];
    private readonly List<int> _contexts = [];
    private readonly List<Spent> _loaded = [];
    private readonly List<Spent> _asked = [];
    private TimeSpan _loading;

    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var loaded = await api.LoadAsync(Conversation.Read(file), cancellationToken);
            _loading += loaded.Elapsed;
            var loading = await api.UsageAsync(loaded.Workspace, cancellationToken);
            _loaded.AddRange(loading);
            var conclusions = await api.ConclusionsAsync(loaded.Workspace, cancellationToken);
            var tally = new Tally(loaded.Conversation.Name)
            {
                Messages = loaded.TurnIds.Count,
                Conclusions = conclusions.Count,
                Facts = loaded.Conversation.Facts.Count,
                Covered = Coverage.Count(loaded, conclusions),
            };
            _tallies.Add(tally);
            var plain = new Bm25(loaded.Conversation);
            foreach (var question in loaded.Conversation.Questions)
                await MeasureAsync(loaded, tally, plain, question, cancellationToken);
            _asked.AddRange(await api.UsageAsync(loaded.Workspace, cancellationToken));
            _asked.AddRange(loading.Select(spent => spent with { InputTokens = -spent.InputTokens, OutputTokens = -spent.OutputTokens }));
        }

        Print();
    }

    private async Task MeasureAsync(Loaded loaded, Tally tally, Bm25 plain, Question question, CancellationToken cancellationToken)
    {
        var isAdversarial = question.Category == Adversarial;
        if (!isAdversarial && question.Evidence.Count > 0)
        {
            var start = Stopwatch.GetTimestamp();
            var found = await api.SearchAsync(loaded.Workspace, question.Text, Cuts[^1], cancellationToken);
            _searches.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            tally.Recall.Add((question.Category, Recall(question, [.. found.Select(id => loaded.TurnIds[id])])));
            tally.Plain.Add((question.Category, Recall(question, plain.Search(question.Text, Cuts[^1]))));
        }

        var speaker = loaded.Conversation.Named(question.Text);
        if (speaker is not null)
            _contexts.Add(await api.ContextTokensAsync(loaded.Workspace, speaker, question.Text, cancellationToken));
        tally.Count(isAdversarial, await api.AbstainsAsync(loaded.Workspace, speaker, question.Text, cancellationToken));
    }

    private static double[] Recall(Question question, IReadOnlyList<string> turns) =>
        [.. Cuts.Select(cut => (double)question.Evidence.Count(turns.Take(cut).Contains) / question.Evidence.Count)];

    private void Print()
    {
        var all = Tally.Of(_tallies);
        var questions = all.Adversarial.Asked + all.Answerable.Asked;
        output.WriteLine($"{all.Messages} messages, {all.Facts} reference facts, {questions} questions ({all.Recall.Count} with evidence)");
        output.WriteLine();
        output.WriteLine("| evidence recall | " + string.Join(" | ", Cuts.Select(cut => $"@{cut}")) + " |");
        output.WriteLine("|---|" + string.Concat(Cuts.Select(_ => "---|")));
        Line("Kith", Mean(all.Recall));
        Line("BM25", Mean(all.Plain));
        for (var category = 1; category < Adversarial; category++)
            Line(Categories[category], Mean(all.Recall.Where(result => result.Category == category)));

        _searches.Sort();
        output.WriteLine();
        output.WriteLine("| | measured | target |");
        output.WriteLine("|---|---|---|");
        Row("evidence recall@10", $"{Mean(all.Recall)[1]:F3}", "≥ 0.70");
        Row("coverage of reference facts", $"{all.Coverage:F3}", "≥ 0.60");
        Row("conclusions per message", $"{all.PerMessage:F3}", "≤ 0.45");
        Row("adversarial questions answered by abstention", Share(all.Adversarial), "≥ 0.50");
        Row("answerable questions refused", Share(all.Answerable), "≤ 0.15");
        Row("context tokens per question (peer context, speaker named)", $"{_contexts.DefaultIfEmpty().Average():F0}", "");
        Tokens("model tokens per 1,000 messages, stored and derived", _loaded, 1000.0 / all.Messages);
        Tokens("model tokens per question, searched and answered", _asked, 1.0 / questions);
        Row("seconds per 1,000 messages, stored and derived", $"{_loading.TotalSeconds * 1000 / all.Messages:F1}", "");
        if (_searches.Count > 0)
            Row("search, median and p95", $"{_searches[_searches.Count / 2]:F1} ms, {_searches[(int)(_searches.Count * 0.95)]:F1} ms", "");
        PrintEach();

        void Line(string name, double[] values) => output.WriteLine($"| {name} | " + string.Join(" | ", values.Select(value => value.ToString("F3"))) + " |");

        void Row(string name, string value, string target) => output.WriteLine($"| {name} | {value} | {target} |");

        void Tokens(string name, IEnumerable<Spent> spent, double scale)
        {
            var purposes = spent.GroupBy(one => one.Purpose).Select(purpose => (purpose.Key, In: purpose.Sum(one => one.InputTokens), Out: purpose.Sum(one => one.OutputTokens))).Where(sum => sum.In + sum.Out > 0).ToList();
            foreach (var (purpose, sent, made) in purposes)
                Row($"{name}: {purpose}", $"{sent * scale:F0} in, {made * scale:F0} out", "");
            if (purposes.Count == 0)
                Row(name, "0", "");
        }
    }

    /// <summary>What holds on the whole may hang on one conversation: each of them, and what the others show without it.</summary>
    private void PrintEach()
    {
        output.WriteLine();
        output.WriteLine("| conversation | recall@10 | BM25 | coverage | conclusions per message | abstention | refused | without it |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var tally in _tallies)
        {
            var rest = Tally.Of([.. _tallies.Where(other => other != tally)]);
            output.WriteLine($"| {tally.Name} | {Mean(tally.Recall)[1]:F3} | {Mean(tally.Plain)[1]:F3} | {Figures(tally)} | {Mean(rest.Recall)[1]:F3}, {Figures(rest).Replace(" |", ",", StringComparison.Ordinal)} |");
        }

        static string Figures(Tally tally) => $"{tally.Coverage:F3} | {tally.PerMessage:F3} | {Share(tally.Adversarial)} | {Share(tally.Answerable)}";
    }

    private static string Share((int Asked, int Abstained) answers) => $"{(double)answers.Abstained / answers.Asked:F3}";

    private static double[] Mean(IEnumerable<(int Category, double[] Recall)> some)
    {
        var all = some.ToArray();
        // A sample may lack a category: not a number, and shown so.
        return [.. Cuts.Select((_, i) => all.Sum(result => result.Recall[i]) / all.Length)];
    }
}
