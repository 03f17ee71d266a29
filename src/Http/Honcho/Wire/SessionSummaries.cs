namespace Kith.Http.Honcho.Wire;

internal sealed record SessionSummaries(string Id, Summary? ShortSummary, Summary? LongSummary);
