using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kith.Client.DependencyInjection;

/// <summary>Kith as a service of an application.</summary>
public static class KithServices
{
    private const string Name = "Kith";

    /// <summary>
    /// Registers a <see cref="KithClient"/>, one for all, over connections of <see cref="IHttpClientFactory"/>. Options come from the environment
    /// (<see cref="KithClientOptions.FromEnvironment()"/>), the clock from the application where it has one. Where it is called again, what it says is added.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes what the environment, or an earlier call, says; null leaves it.</param>
    /// <returns>For handlers of the application's own: certificates, proxies, telemetry. The client does retries itself.</returns>
    /// <example>
    /// <code>
    /// builder.Services.AddKith(options => options with { WorkspaceId = "my-app", ApiKey = builder.Configuration["Kith:ApiKey"] });
    /// </code>
    /// </example>
    public static IHttpClientBuilder AddKith(this IServiceCollection services, Func<KithClientOptions, KithClientOptions>? configure = null) => Add(services, key: null, configure);

    /// <summary>As <see cref="AddKith"/>, beside others: for an application with several workspaces or servers.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="key">By which the client is asked for, as with <c>[FromKeyedServices]</c>.</param>
    /// <param name="configure">Changes what the environment, or an earlier call with this key, says; null leaves it.</param>
    /// <returns>For handlers of the application's own.</returns>
    /// <example>
    /// <code>
    /// builder.Services.AddKeyedKith("support", options => options with { WorkspaceId = "support" });
    /// builder.Services.AddKeyedKith("sales", options => options with { WorkspaceId = "sales" });
    /// </code>
    /// </example>
    public static IHttpClientBuilder AddKeyedKith(this IServiceCollection services, string key, Func<KithClientOptions, KithClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Add(services, key, configure);
    }

    private static IHttpClientBuilder Add(IServiceCollection services, string? key, Func<KithClientOptions, KithClientOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var name = key is null ? Name : $"{Name}:{key}";
        if (configure is not null)
            services.AddKeyedSingleton(key, new Change(configure));
        services.TryAddKeyedSingleton(key, (provider, _) => OptionsOf(provider, key));
        services.TryAddKeyedSingleton(key, (provider, _) => new KithClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(name), provider.GetRequiredKeyedService<KithClientOptions>(key)));

        // One client for good: its connections are renewed here, not by the factory. A redirect would take the key along.
        return services
            .AddHttpClient(name, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    private static KithClientOptions OptionsOf(IServiceProvider provider, string? key)
    {
        var options = KithClientOptions.FromEnvironment();
        options = provider.GetService<TimeProvider>() is { } time ? options with { Time = time } : options;
        return provider.GetKeyedServices<Change>(key).Aggregate(options, (changed, change) => change.Of(changed));
    }

    private sealed record Change(Func<KithClientOptions, KithClientOptions> Of);
}
