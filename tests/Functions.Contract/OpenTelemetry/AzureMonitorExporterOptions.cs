using Azure.Core;

namespace Azure.Monitor.OpenTelemetry.Exporter;

// Azure/azure-sdk-for-net: sdk/monitor/Azure.Monitor.OpenTelemetry.Exporter/src/AzureMonitorExporterOptions.cs (1.10.0)
public class AzureMonitorExporterOptions : ClientOptions
{
    public string? ConnectionString { get; set; }

    public TokenCredential? Credential { get; set; }
}
