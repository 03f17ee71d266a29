using Kith.Core;
using Kith.Core.Work;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Kith.Functions.Work;

/// <summary>A hint that failed as often as host.json allows. Its work stays due and the sweep goes on asking for it; that it did not begin is made visible.</summary>
public sealed partial class PoisonedHints(KithEngine engine, ILogger<PoisonedHints> logger)
{
    private const string Reason = "The work could not be started: the orchestration backend refused or did not answer";

    [Function("PoisonedWork")]
    public async Task RunAsync([QueueTrigger(QueueOptions.Poisoned, Connection = QueueOptions.Connection)] string hint, CancellationToken cancellationToken)
    {
        try
        {
            var place = WorkText.Place(hint);
            LogPoisoned(place.ToString());
            await engine.Unstarted.RecordAsync(place, Reason, cancellationToken);
        }
        catch (KithException exception) when (exception.Code is ErrorCode.Invalid)
        {
            // Nobody can do anything with it, so it is not kept.
            LogForeign(hint.Length);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The work at {Place} could not be started", EventName = "WorkPoisoned")]
    private partial void LogPoisoned(string place);

    [LoggerMessage(2, LogLevel.Error, "A message of {Length} characters in the queue is no hint and was dropped", EventName = "ForeignMessage")]
    private partial void LogForeign(int length);
}
