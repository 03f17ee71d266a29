using global::OpenTelemetry;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

// Azure/azure-functions-dotnet-worker: src/DotNetWorker.OpenTelemetry/ConfigureFunctionsOpenTelemetry.cs (1.2.0)
public static class ConfigureFunctionsOpenTelemetry
{
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) => builder;
}
