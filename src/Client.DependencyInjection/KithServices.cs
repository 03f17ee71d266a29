using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kith.Client.DependencyInjection;

/// <summary>Kith as a service of an application.</summary>
public static class KithServices
{
    private const string Name = "Kith";

    /// <summary>
    /// Registers <see cref="KithClient"/>, over connections of <see cref="IHttpClientFactory"/>. Options come from the environment
    /// (<see cref="KithClientOptions.FromEnvironment()"/>), the clock from the application where it has one.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes what the environment says; null leaves it.</param>
    /// <returns>For handlers of the application's own: certificates, proxies, telemetry. The client does retries itself.</returns>
    /// <example>
    /// <code>
    /// builder.Services.AddKith(options => options with { WorkspaceId = "my-app", ApiKey = builder.Configuration["Kith:ApiKey"] });
    /// </code>
    /// </example>
    public static IHttpClientBuilder AddKith(this IServiceCollection services, Func<KithClientOptions, KithClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider =>
        {
            var options = KithClientOptions.FromEnvironment();
            options = provider.GetService<TimeProvider>() is { } time ? options with { Time = time } : options;
            return configure?.Invoke(options) ?? options;
        });
        return services
            .AddHttpClient(Name, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .AddTypedClient((http, provider) => new KithClient(http, provider.GetRequiredService<KithClientOptions>()));
    }
}
