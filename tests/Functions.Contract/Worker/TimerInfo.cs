namespace Microsoft.Azure.Functions.Worker;

// Azure/azure-functions-dotnet-worker: extensions/Worker.Extensions.Timer/src/TimerInfo.cs (4.3.1)
public class TimerInfo
{
    public bool IsPastDue { get; set; }
}
