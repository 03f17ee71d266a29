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

    private static KithClientOptions From(Dictionary<string, string> variables) => KithClientOptions.FromEnvironment(name => variables.GetValueOrDefault(name));
}
