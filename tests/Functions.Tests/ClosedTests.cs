using System.Net;

namespace Kith.Functions.Tests;

/// <summary>A deployment is closed until its secret exists.</summary>
public sealed class ClosedTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://kith.vault.azure.net/secrets/jwt)")]
    public async Task Without_a_secret_only_health_is_served(string? secret)
    {
        await using var host = await TestHost.StartAsync(secret);
        foreach (var path in new[] { "/", "/docs", "/openapi.json", "/v3/workspaces/list", "/v2/workspaces/list", "/api/agents", "/api/messaging/sessions", "/v1/workspaces/w/threads", "/nothing", "/hooks/unknown" })
        {
            using var response = await host.Client.GetAsync(path, TestHost.Cancel);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, response.StatusCode));
        }

        using var post = await host.PostAsync("/v3/workspaces", "{not json");
        Assert.Equal(HttpStatusCode.Unauthorized, post.StatusCode);
        using var health = await host.Client.GetAsync("/health", TestHost.Cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task With_a_secret_keys_are_asked_for()
    {
        await using var host = await TestHost.StartAsync();
        using var stranger = new HttpClient { BaseAddress = host.Functions.Address };
        using var refused = await stranger.PostAsync("/v3/workspaces", new StringContent("""{"id":"w"}""", System.Text.Encoding.UTF8, "application/json"), TestHost.Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var admitted = await host.PostAsync("/v3/workspaces", """{"id":"w"}""");
        Assert.Equal(HttpStatusCode.Created, admitted.StatusCode);
    }
}
