using Kith.Client.Administration;
using Kith.Client.Agents;

namespace Kith.Client.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Without_anything_it_is_the_default_workspace_on_this_machine()
    {
        var options = From([]);
        Assert.Equal(("default", null, null, 2, TimeSpan.FromSeconds(60)), (options.WorkspaceId, options.BaseUrl, options.ApiKey, options.MaxRetries, options.Timeout));
    }

    [Fact]
    public void Honchos_variables_are_read()
    {
        var options = From(new() { ["HONCHO_API_KEY"] = "k", ["HONCHO_BASE_URL"] = "https://honcho.example", ["HONCHO_WORKSPACE_ID"] = "app" });
        Assert.Equal(("app", new Uri("https://honcho.example"), "k"), (options.WorkspaceId, options.BaseUrl, options.ApiKey));
        Assert.Equal(new Uri("https://other.example"), From(new() { ["HONCHO_URL"] = "https://other.example" }).BaseUrl);
    }

    [Fact]
    public void Kiths_variables_come_first()
    {
        var options = From(new()
        {
            ["HONCHO_API_KEY"] = "k",
            ["HONCHO_BASE_URL"] = "https://honcho.example",
            ["HONCHO_WORKSPACE_ID"] = "app",
            ["KITH_API_KEY"] = "l",
            ["KITH_BASE_URL"] = "https://kith.example",
            ["KITH_WORKSPACE_ID"] = "mine",
        });
        Assert.Equal(("mine", new Uri("https://kith.example"), "l"), (options.WorkspaceId, options.BaseUrl, options.ApiKey));
    }

    [Fact]
    public void An_address_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => From(new() { ["KITH_BASE_URL"] = "kith" }));
        Assert.Throws<ArgumentException>(() => new KithClient(new KithClientOptions { BaseUrl = new Uri("ftp://kith.example") }));
    }

    [Fact]
    public void Secrets_do_not_get_into_logs()
    {
        var key = new ApiKey { Id = "k1", Name = "reports" };
        object[] holders =
        [
            new KithClientOptions { ApiKey = "very-secret", DefaultHeaders = new Dictionary<string, string> { ["X-API-KEY"] = "very-secret" } },
            new IssuedKey("very-secret", key),
            new WebhookEndpoint { Id = "w1", Url = "https://app.example/hooks", Secret = "very-secret" },
            new AgentDefinition { Name = "Support", ResponderSecret = "very-secret" },
        ];
        Assert.All(holders, holder => Assert.DoesNotContain("very-secret", holder.ToString(), StringComparison.Ordinal));
        Assert.Contains("reports", holders[1].ToString(), StringComparison.Ordinal);
    }

    private static KithClientOptions From(Dictionary<string, string> variables) => KithClientOptions.FromEnvironment(name => variables.GetValueOrDefault(name));
}
