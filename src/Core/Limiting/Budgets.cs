using System.Globalization;
using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Limiting;

/// <summary>Counts what workspaces with a budget take in, by day. It is taken out before anything is stored and put back when nothing was; a death between the two costs the workspace what was taken.</summary>
public sealed class Budgets
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);

    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly TimeProvider _time;

    internal Budgets(IDocumentStore store, Workspaces workspaces, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _time = time;
    }

    private DateTimeOffset Today => new(_time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>What the workspace may take in on a day, and what it has taken in today: zero where nothing is counted.</summary>
    public async Task<(DailyBudget Budget, long Messages, long Tokens)> TodayAsync(string workspace, CancellationToken cancellationToken)
    {
        var budget = (await _workspaces.SettingsAsync(workspace, cancellationToken)).Budget;
        var day = await _store.FindAsync(PartitionOf(workspace), IdOf(Today), DocumentJson.Default.BudgetDay, cancellationToken);
        return (budget, day?.Messages ?? 0, day?.Tokens ?? 0);
    }

    /// <summary>What was taken, to be settled by <see cref="SettleAsync"/>; null where nothing is counted.</summary>
    /// <exception cref="KithException">Budget exceeded (detail <c>budget_exceeded</c>).</exception>
    internal async Task<BudgetDay?> TakeAsync(string workspace, long messages, long tokens, CancellationToken cancellationToken)
    {
        var budget = (await _workspaces.RecentSettingsAsync(workspace, cancellationToken)).Budget;
        if (budget is { Messages: null, Tokens: null } || messages == 0)
            return null;

        var taken = new BudgetDay { CreatedAt = Today, Messages = messages, Tokens = tokens };
        await AddAsync(workspace, taken, budget, cancellationToken);
        return taken;
    }

    /// <summary>Puts back what was taken and not used.</summary>
    internal Task SettleAsync(string workspace, BudgetDay taken, long messages, long tokens)
    {
        var back = taken with { Messages = messages - taken.Messages, Tokens = tokens - taken.Tokens };
        return back is { Messages: 0, Tokens: 0 } ? Task.CompletedTask : AddAsync(workspace, back, DailyBudget.None, CancellationToken.None);
    }

    private static Partition PartitionOf(string workspace) => Partition.Work(workspace, "$budget");

    private static string IdOf(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task AddAsync(string workspace, BudgetDay more, DailyBudget budget, CancellationToken cancellationToken)
    {
        return _store.ChangeAsync(
            PartitionOf(workspace), IdOf(more.CreatedAt), DocumentJson.Default.BudgetDay, Add, _ => Life, cancellationToken);

        BudgetDay Add(BudgetDay? current)
        {
            var sum = more with { Messages = (current?.Messages ?? 0) + more.Messages, Tokens = (current?.Tokens ?? 0) + more.Tokens };
            Demand(budget.Messages, sum.Messages, "messages");
            Demand(budget.Tokens, sum.Tokens, "tokens");
            return sum;
        }

        void Demand(long? most, long used, string what)
        {
            if (used <= most || most is null)
                return;
            throw new KithException(
                ErrorCode.BudgetExceeded,
                string.Create(CultureInfo.InvariantCulture, $"Workspace {workspace} may take in {most} {what} a day, and this call would make it {used}. The next day begins at {more.CreatedAt.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}."))
            {
                Detail = "budget_exceeded",
            };
        }
    }
}
