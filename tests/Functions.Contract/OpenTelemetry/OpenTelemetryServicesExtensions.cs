using OpenTelemetry;

namespace Microsoft.Extensions.DependencyInjection;

// open-telemetry/opentelemetry-dotnet: src/OpenTelemetry.Extensions.Hosting/OpenTelemetryServicesExtensions.cs (1.20.1)
public static class OpenTelemetryServicesExtensions
{
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services) => new(services);
}
