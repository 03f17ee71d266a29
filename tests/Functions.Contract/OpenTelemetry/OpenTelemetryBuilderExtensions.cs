using global::OpenTelemetry;

namespace Azure.Monitor.OpenTelemetry.Exporter;

// Azure/azure-sdk-for-net: sdk/monitor/Azure.Monitor.OpenTelemetry.Exporter/src/OpenTelemetryBuilderExtensions.cs (1.10.0)
public static class OpenTelemetryBuilderExtensions
{
    public static IOpenTelemetryBuilder UseAzureMonitorExporter(this IOpenTelemetryBuilder builder, Action<AzureMonitorExporterOptions> configureAzureMonitor) => builder;
}
