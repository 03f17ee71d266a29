using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry;

// open-telemetry/opentelemetry-dotnet: src/OpenTelemetry.Api.ProviderBuilderExtensions/IOpenTelemetryBuilder.cs (1.20.1)
public interface IOpenTelemetryBuilder
{
    IServiceCollection Services { get; }
}
