using Kith.Core;
using Kith.Core.Usage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kith.Http.Hosting;

/// <summary>Writes down every few seconds, and when the process stops, what models were used for. Calls to models never wait for it.</summary>
internal sealed partial class UsageWriter(UsageHistory history, TimeProvider time, ILogger<UsageWriter> logger) : BackgroundService
{
    /// <summary>What a crash may lose.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync(stoppingToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await history.FlushAsync(cancellationToken);
        }
        catch (KithException outage)
        {
            LogPostponed(outage.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What models were used for could not be written and is kept: {Reason}")]
    private partial void LogPostponed(string reason);
}
