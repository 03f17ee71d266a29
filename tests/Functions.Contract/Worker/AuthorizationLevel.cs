namespace Microsoft.Azure.Functions.Worker;

// Azure/azure-functions-dotnet-worker: extensions/Worker.Extensions.Http/src/AuthorizationLevel.cs (3.3.0)
public enum AuthorizationLevel
{
    Anonymous,
    User,
    Function,
    System,
    Admin,
}
