namespace Microsoft.Azure.Functions.Worker.Builder;

// Azure/azure-functions-dotnet-worker: src/DotNetWorker/Builder/FunctionsApplication.cs (2.52.0)
public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
