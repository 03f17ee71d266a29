using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Kith.Azure.Models;

/// <summary>
/// What models were used for: the meter <c>Kith.Models</c> with the tags <c>purpose</c> (derive, summary, chat, dream, embed), <c>model</c> and
/// <c>workspace</c>, and totals since the start of the process. The numbers are the server's own; a server that reports none counts calls only.
/// </summary>
public sealed class ModelUsage
{
    public const string MeterName = "Kith.Models";

    private static readonly Meter _meter = new(MeterName);
    private static readonly Counter<long> _calls = _meter.CreateCounter<long>("kith.model.calls", "{call}", "Calls that a model answered");
    private static readonly Counter<long> _inputTokens = _meter.CreateCounter<long>("kith.model.input_tokens", "{token}", "Tokens sent to a model");
    private static readonly Counter<long> _outputTokens = _meter.CreateCounter<long>("kith.model.output_tokens", "{token}", "Tokens made by a model");

    private readonly ConcurrentDictionary<(string Purpose, string Model, string Workspace), ModelTotals> _totals = new();

    /// <summary>By purpose, model and workspace.</summary>
    public IReadOnlyDictionary<(string Purpose, string Model, string Workspace), ModelTotals> Totals => _totals;

    internal void Record(string purpose, string model, string workspace, int inputTokens, int outputTokens)
    {
        KeyValuePair<string, object?>[] tags = [new("purpose", purpose), new("model", model), new("workspace", workspace)];
        _calls.Add(1, tags);
        _inputTokens.Add(inputTokens, tags);
        _outputTokens.Add(outputTokens, tags);
        _totals.AddOrUpdate(
            (purpose, model, workspace),
            _ => new ModelTotals(1, inputTokens, outputTokens),
            (_, total) => new ModelTotals(total.Calls + 1, total.InputTokens + inputTokens, total.OutputTokens + outputTokens));
    }
}
