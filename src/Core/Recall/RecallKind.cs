namespace Kith.Core.Recall;

public enum RecallKind
{
    Message,
    Conclusion,
}
