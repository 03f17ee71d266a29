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
