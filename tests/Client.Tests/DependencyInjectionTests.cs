using Kith.Client.DependencyInjection;
using Kith.Client.Tests.Transport;
using Microsoft.Extensions.DependencyInjection;
using static Kith.Client.Tests.Transport.Script;

namespace Kith.Client.Tests;

public sealed class DependencyInjectionTests
{
    [Fact]
    public async Task A_client_is_a_service_with_the_applications_handlers()
    {
        var script = new Script(Says(200, """{"id":"my-app","metadata":{"a":1},"created_at":"2026-05-01T12:00:00Z"}"""));
        var services = new ServiceCollection();
        services.AddKith(options => options with { WorkspaceId = "my-app", BaseUrl = new Uri("https://kith.example"), ApiKey = "secret" }).ConfigurePrimaryHttpMessageHandler(() => script);
        await using var provider = services.BuildServiceProvider();

        var kith = provider.GetRequiredService<KithClient>();
        Assert.Equal(("my-app", 1), (kith.WorkspaceId, (int)(await kith.GetMetadataAsync(TestContext.Current.CancellationToken))["a"]!));
        Assert.Equal("Bearer secret", script.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public void One_client_serves_all_and_a_second_registration_adds_to_the_first()
    {
        var services = new ServiceCollection();
        services.AddKith(options => options with { WorkspaceId = "first", ApiKey = "secret" });
        services.AddKith(options => options with { WorkspaceId = "second" });
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<KithClientOptions>();
        Assert.Equal(("second", "secret"), (options.WorkspaceId, options.ApiKey));
        Assert.Equal("second", Assert.Single(provider.GetServices<KithClient>()).WorkspaceId);
        Assert.Same(provider.GetRequiredService<KithClient>(), provider.GetRequiredService<KithClient>());
    }

    [Fact]
    public async Task Clients_with_keys_have_options_and_handlers_of_their_own()
    {
        var (support, sales) = (new Script(Says(200, """{"id":"support","metadata":{}}""")), new Script(Says(200, """{"id":"sales","metadata":{}}""")));
        var services = new ServiceCollection();
        services.AddKeyedKith("support", options => options with { WorkspaceId = "support", BaseUrl = new Uri("https://one.example") }).ConfigurePrimaryHttpMessageHandler(() => support);
        services.AddKeyedKith("sales", options => options with { WorkspaceId = "sales", BaseUrl = new Uri("https://two.example") }).ConfigurePrimaryHttpMessageHandler(() => sales);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredKeyedService<KithClient>("support").GetMetadataAsync(TestContext.Current.CancellationToken);
        await provider.GetRequiredKeyedService<KithClient>("sales").GetMetadataAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("""{"id":"support"}""", """{"id":"sales"}"""), (Assert.Single(support.Requests).Body, Assert.Single(sales.Requests).Body));
        Assert.Null(provider.GetService<KithClient>());
    }

    [Fact]
    public void The_clock_is_the_applications()
    {
        var time = new QuickTime();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddKith();
        using var provider = services.BuildServiceProvider();
        Assert.Same(time, provider.GetRequiredService<KithClientOptions>().Time);
    }
}
