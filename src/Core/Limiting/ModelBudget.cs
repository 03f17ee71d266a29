using System.Globalization;
using Kith.Core.Directory;
using Kith.Core.Usage;

namespace Kith.Core.Limiting;

/// <summary>Refuses calls to models for workspaces that have used up what theirs may read and write on one day. A call that is under way is not cut off.</summary>
/// <param name="history">Null where no model reports what it uses: nothing is refused then.</param>
internal sealed class ModelBudget(Workspaces workspaces, UsageHistory? history, TimeProvider time)
{
    /// <param name="code">What a refusal is: for work that goes on when the next day begins, <see cref="ErrorCode.Unavailable"/>.</param>
    /// <exception cref="KithException">Detail <c>budget_exceeded</c>.</exception>
    public async ValueTask DemandAsync(string workspace, ErrorCode code, CancellationToken cancellationToken)
    {
        if (history is null || (await workspaces.RecentSettingsAsync(workspace, cancellationToken)).Budget.ModelTokens is not { } most)
            return;

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var used = (await history.ReadAsync(workspace, today, today, cancellationToken)).Sum(entry => entry.Totals.InputTokens + entry.Totals.OutputTokens);
        if (used < most)
            return;

        throw new KithException(
            code,
            string.Create(CultureInfo.InvariantCulture, $"Models may use {most} tokens a day for workspace {workspace}, and have used {used}. The next day begins at {today.AddDays(1):yyyy-MM-dd}T00:00:00Z."))
        {
            Detail = "budget_exceeded",
            RetryAt = new DateTimeOffset(today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero),
        };
    }
}
