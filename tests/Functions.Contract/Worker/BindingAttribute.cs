namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

// Azure/azure-functions-dotnet-worker: extensions/Worker.Extensions.Abstractions/src/BindingAttribute.cs (1.3.0)
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute;
