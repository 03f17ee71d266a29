namespace Kith.Core.Memory;

public sealed record SessionSummaries(Summary? Short, Summary? Long);
