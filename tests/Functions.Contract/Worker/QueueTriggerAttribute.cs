using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

// Azure/azure-functions-dotnet-worker: extensions/Worker.Extensions.Storage.Queues/src/QueueTriggerAttribute.cs (5.5.5)
public sealed class QueueTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    public string QueueName { get; } = queueName;

    public string? Connection { get; set; }
}
