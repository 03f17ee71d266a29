using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Kith.Core.Usage;

/// <summary>
/// Where model adapters report what they used: the meter <c>Kith.Models</c> with the tags <c>purpose</c>, <c>model</c> and <c>workspace</c>, and what
/// <see cref="UsageHistory"/> has still to write down. Reporting touches no store. The numbers are the server's own; a server that reports none counts calls only.
/// </summary>
public sealed class ModelUsage(TimeProvider time)
{
    public const string MeterName = "Kith.Models";

    private static readonly Meter _meter = new(MeterName);
    private static readonly Counter<long> _calls = _meter.CreateCounter<long>("kith.model.calls", "{call}", "Calls that a model answered");
    private static readonly Counter<long> _inputTokens = _meter.CreateCounter<long>("kith.model.input_tokens", "{token}", "Tokens sent to a model");
    private static readonly Counter<long> _outputTokens = _meter.CreateCounter<long>("kith.model.output_tokens", "{token}", "Tokens made by a model");

    private readonly ConcurrentDictionary<(string Workspace, UsageEntry Entry), UsageTotals> _pending = new();

    /// <param name="purpose">One of <see cref="Purposes"/>.</param>
    public void Record(string workspace, string purpose, string model, long inputTokens, long outputTokens)
    {
        KeyValuePair<string, object?>[] tags = [new("purpose", purpose), new("model", model), new("workspace", workspace)];
        _calls.Add(1, tags);
        _inputTokens.Add(inputTokens, tags);
        _outputTokens.Add(outputTokens, tags);
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        Add(workspace, new UsageEntry(day, purpose, model, new UsageTotals(1, inputTokens, outputTokens)));
    }

    /// <summary>Takes out all that was reported since the last time.</summary>
    internal IReadOnlyList<(string Workspace, UsageEntry Entry)> Take()
    {
        var taken = new List<(string, UsageEntry)>();
        foreach (var key in _pending.Keys)
        {
            if (_pending.TryRemove(key, out var totals))
                taken.Add((key.Workspace, key.Entry with { Totals = totals }));
        }

        return taken;
    }

    /// <summary>Adds what was reported, or puts back what could not be written.</summary>
    internal void Add(string workspace, UsageEntry entry) =>
        _pending.AddOrUpdate((workspace, entry with { Totals = UsageTotals.None }), entry.Totals, (_, sum) => sum + entry.Totals);
}
