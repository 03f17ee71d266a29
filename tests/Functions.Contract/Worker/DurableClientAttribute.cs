using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

// Azure/azure-functions-durable-extension: src/Worker.Extensions.DurableTask/DurableClientAttribute.cs (1.21.1)
public sealed class DurableClientAttribute : InputBindingAttribute
{
    public string? TaskHub { get; set; }

    public string? ConnectionName { get; set; }
}
