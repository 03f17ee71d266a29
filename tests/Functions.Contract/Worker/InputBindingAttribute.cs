namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

// Azure/azure-functions-dotnet-worker: extensions/Worker.Extensions.Abstractions/src/InputBindingAttribute.cs (1.3.0)
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class InputBindingAttribute : BindingAttribute;
