namespace Kith.Functions.Double;

/// <summary>What an orchestration learnt, in order; values are JSON, as a backend keeps them.</summary>
internal abstract record HistoryEvent
{
    public sealed record Completed(int Task, string Result) : HistoryEvent;

    public sealed record Failed(int Task, string Error, string Message) : HistoryEvent;

    public sealed record Raised(string Name, string Payload) : HistoryEvent;
}
