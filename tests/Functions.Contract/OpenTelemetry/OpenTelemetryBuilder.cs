using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry;

// open-telemetry/opentelemetry-dotnet: src/OpenTelemetry.Extensions.Hosting/OpenTelemetryBuilder.cs (1.20.1)
public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
{
    internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

    public IServiceCollection Services { get; }
}
