using System.Diagnostics;
using Kith.Testing;

namespace Kith.Bench.Kills;

/// <summary>
/// Kills a host under load, again and again, and erases a peer in between. In the end everything acknowledged must be there once, nobody erased anywhere, and what
/// was worked out the same as on a host that got the same messages and was never killed.
/// </summary>
/// <param name="limit">After so long no more are killed.</param>
internal sealed class KillBench(TextWriter output, int kills, int seed, TimeSpan limit)
{
    private const string Messages = $"/v3/workspaces/{KilledHost.Workspace}/sessions";
    private const string Erasures = $"/v1/workspaces/{KilledHost.Workspace}/erasures";

    private static readonly string[] Sessions = ["talk", "chat", "walk"];
    private static readonly string[] Things = ["a dog", "a cat", "a boat", "a piano", "a garden", "a bicycle", "a telescope", "a kite"];
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<Remark> _remarks = [];
    private readonly Random _random = new(seed);

    private int _number;

    private int Acknowledged
    {
        get
        {
            lock (_remarks)
                return _remarks.Count(remark => remark.IsAcknowledged);
        }
    }

    /// <summary>Whether nothing was wrong.</summary>
    public async Task<bool> RunAsync()
    {
        output.WriteLine($"{kills} kills, seed {seed}");
        var clock = Stopwatch.StartNew();
        using var data = new DataFolder();
        var asked = new List<string>();
        var killings = 0;
        for (var round = 1; round <= kills && clock.Elapsed < limit; round++)
        {
            await using var host = await KilledHost.StartAsync(data);
            var work = Task.WhenAll([.. Sessions.Select(session => TellAsync(host, session)), HauntAsync(host, round, asked)]);
            // Some die before they have answered anything, most in the middle of it.
            var before = Acknowledged;
            for (var patience = _random.Next(4) * 100; patience > 0 && Acknowledged == before; patience--)
                await Task.Delay(50);
            await Task.Delay(_random.Next(20, 1_000));
            await host.KillAsync();
            await work;
            killings++;
            if (round % 20 == 0)
                output.WriteLine($"{round} kills after {clock.Elapsed.TotalSeconds:0} s: {Acknowledged} messages acknowledged");
        }

        Memory killed;
        IReadOnlyList<Remark> stored;
        int lost, doubled, left;
        await using (var host = await KilledHost.StartAsync(data))
        {
            await host.DrainAsync();
            left = await EndErasuresAsync(host, asked);
            (stored, lost, doubled) = await CheckAsync(host);
            await host.DrainAsync();
            killed = await Memory.OfAsync(host, Sessions, Queries(stored));
        }

        var haunted = Haunted(data);
        using var other = new DataFolder();
        await using var clean = await KilledHost.StartAsync(other);
        foreach (var run in Runs(stored))
            await clean.SayAsync(run);
        await clean.DrainAsync();
        var expected = await Memory.OfAsync(clean, Sessions, Queries(stored));

        var wrong = new[]
        {
            Print("kills", killings, isFault: false),
            Print("acknowledged messages", Acknowledged, isFault: false),
            Print("cut off", _remarks.Count(remark => !remark.IsAcknowledged), isFault: false),
            Print("acknowledged and lost", lost, isFault: true),
            Print("stored twice", doubled, isFault: true),
            Print("erasures asked for", asked.Count, isFault: false),
            Print("erasures that left something", left, isFault: true),
            Print("files that hold a word of an erased peer", haunted, isFault: true),
            Print("conclusions", expected.Conclusions.Count, isFault: false),
            Print("conclusions that differ from a clean run", Differences("conclusion", killed.Conclusions, expected.Conclusions), isFault: true),
            Print("summaries that differ from a clean run", Differences("summary", killed.Summaries, expected.Summaries), isFault: true),
            Print("searches asked", expected.Answers.Count, isFault: false),
            Print("searches answered differently from a clean run", Differences("answer", killed.Answers, expected.Answers), isFault: true),
        };
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s");
        return !wrong.Any(isWrong => isWrong);
    }

    private async Task TellAsync(KilledHost host, string session)
    {
        while (true)
        {
            Remark[] remarks;
            lock (_random)
                remarks = [.. Enumerable.Range(0, _random.Next(1, 12)).Select(_ => Next(session, $"{session}er-{_random.Next(2)}", ghost: false))];
            if (!await host.SayAsync(remarks))
                return;
            await Task.Delay(40);
        }
    }

    /// <summary>Somebody speaks, and is erased.</summary>
    private async Task HauntAsync(KilledHost host, int round, List<string> asked)
    {
        var ghost = $"ghost-{round}";
        for (var i = 0; i < 2; i++)
        {
            Remark[] remarks;
            lock (_random)
                remarks = [Next("haunted", ghost, ghost: true), Next("haunted", "medium", ghost: false)];
            if (!await host.SayAsync([remarks[0]]) || !await host.SayAsync([remarks[1]]))
                return;
        }

        if (await host.TryAsync(HttpMethod.Post, Erasures, new { kind = "peer", peer = ghost }) is { } receipt)
            asked.Add(receipt["id"]!.GetValue<string>());
    }

    private Remark Next(string session, string peer, bool ghost)
    {
        var number = ++_number;
        var remark = new Remark(session, peer, $"I have {Things[number % Things.Length]} named {(ghost ? "Spook" : "Rex")}{number}x.", Start.AddSeconds(number), ghost);
        lock (_remarks)
            _remarks.Add(remark);
        return remark;
    }

    private async Task<int> EndErasuresAsync(KilledHost host, List<string> asked)
    {
        var left = 0;
        foreach (var id in asked)
        {
            var receipt = await host.EndAsync($"{Erasures}/{id}");
            var proof = await host.AskAsync(HttpMethod.Get, $"{Erasures}/{id}/proof");
            if (receipt["state"]!.GetValue<string>() == "completed" && proof["left"]!.GetValue<long>() == 0)
                continue;
            left++;
            output.WriteLine($"  erasure {receipt["state"]}, receipt: {receipt["remaining"]?.ToJsonString()}, proof: {proof.ToJsonString()}");
        }

        // Whoever was cut off before is erased now, so that the files can be searched for all of them.
        foreach (var peer in (await host.ListAsync($"/v3/workspaces/{KilledHost.Workspace}/peers/list")).Select(peer => peer["id"]!.GetValue<string>()).Where(peer => peer.StartsWith("ghost-", StringComparison.Ordinal)))
        {
            var receipt = await host.AskAsync(HttpMethod.Post, Erasures, new { kind = "peer", peer });
            left += (await host.EndAsync($"{Erasures}/{receipt["id"]}"))["state"]!.GetValue<string>() == "completed" ? 0 : 1;
        }

        return left;
    }

    private async Task<(IReadOnlyList<Remark> Stored, int Lost, int Doubled)> CheckAsync(KilledHost host)
    {
        var (stored, doubled) = (new List<Remark>(), 0);
        var sent = _remarks.ToDictionary(remark => remark.Text);
        foreach (var session in Sessions.Append("haunted"))
        {
            var messages = await host.ListAsync($"{Messages}/{session}/messages/list");
            var texts = messages.Select(message => message["content"]!.GetValue<string>()).ToArray();
            doubled += texts.Length - texts.Distinct().Count();
            stored.AddRange(texts.Distinct().Select(text => sent[text]));
        }

        return (stored, _remarks.Count(remark => remark is { IsAcknowledged: true, Ghost: false } && !stored.Contains(remark)), doubled);
    }

    private static IEnumerable<IReadOnlyList<Remark>> Runs(IEnumerable<Remark> stored) =>
        stored.GroupBy(remark => remark.Session).SelectMany(session => session.Chunk(50));

    private static IReadOnlyList<string> Queries(IReadOnlyList<Remark> stored) =>
        [.. stored.Where((_, i) => i % Math.Max(1, stored.Count / 200) == 0).Select(remark => remark.Text.Split(' ')[^1].TrimEnd('.'))];

    private static int Haunted(DataFolder data) =>
        System.IO.Directory.EnumerateFiles(data.Path).Count(file => File.ReadAllBytes(file).AsSpan().IndexOf("Spook"u8) >= 0);

    private int Differences(string what, IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        string[] differing = [.. Without(one, other).Concat(Without(other, one))];
        foreach (var difference in differing.Take(5))
            output.WriteLine($"  {what}: {difference}");
        return differing.Length;
    }

    /// <summary>As multisets.</summary>
    private static IEnumerable<string> Without(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var left = other.CountBy(text => text).ToDictionary();
        foreach (var text in one)
        {
            if (left.GetValueOrDefault(text) > 0)
                left[text]--;
            else
                yield return text;
        }
    }

    private bool Print(string name, int figure, bool isFault)
    {
        output.WriteLine($"{name,-50}{figure,10}");
        return isFault && figure > 0;
    }
}
