using Microsoft.DurableTask;

namespace Kith.Functions.Double;

/// <param name="Input">JSON.</param>
internal sealed record ScheduledActivity(int Id, string Name, string Input, RetryPolicy? Retry)
{
    public bool IsSameAs(ScheduledActivity other) => (Id, Name, Input) == (other.Id, other.Name, other.Input);

    public override string ToString() => $"{Name}({Input})";
}
