namespace Kith.Core.Memory;

public enum SummaryKind
{
    Short,
    Long,
}
