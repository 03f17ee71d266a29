using Kith.Azure.Models;
using Kith.Core;
using Kith.Core.Reasoning;
using Microsoft.Extensions.Configuration;

namespace Kith.Models.Tests;

public sealed class ModelOptionsTests
{
    [Fact]
    public void Without_settings_no_model_is_used()
    {
        var options = From();

        Assert.Null(options.ChatModel);
        Assert.Null(options.EmbeddingModel);
    }

    [Fact]
    public void Settings_are_read_with_durations_in_seconds()
    {
        var options = From(
            ("Endpoint", "https://name.openai.azure.com/openai/v1/"),
            ("EntraScope", "https://cognitiveservices.azure.com/.default"),
            ("ChatModel", "thinker"),
            ("EmbeddingModel", "embedder"),
            ("EmbeddingDimensions", "768"),
            ("ShortenEmbeddings", "true"),
            ("MaxConcurrency", "3"),
            ("Retries", "1"),
            ("RetryDelay", "0.5"),
            ("AttemptTimeout", "40"),
            ("Deadlines:Max", "300"),
            ("Debounce:Tokens", "64"),
            ("Debounce:Idle", "5"),
            ("Debounce:Longest", "0"));

        var expected = new ModelOptions
        {
            Endpoint = new Uri("https://name.openai.azure.com/openai/v1/"),
            EntraScope = "https://cognitiveservices.azure.com/.default",
            ChatModel = "thinker",
            EmbeddingModel = "embedder",
            EmbeddingDimensions = 768,
            ShortenEmbeddings = true,
            MaxConcurrency = 3,
            Retries = 1,
            RetryDelay = TimeSpan.FromSeconds(0.5),
            AttemptTimeout = TimeSpan.FromSeconds(40),
            Deadlines = new ModelDeadlines { Max = TimeSpan.FromMinutes(5) },
            Debounce = new Debounce(64, TimeSpan.FromSeconds(5), TimeSpan.Zero),
        };
        Assert.Equal(expected, options);
    }

    [Fact]
    public void A_server_on_this_machine_needs_no_key() => Assert.Null(From(("Endpoint", "http://127.0.0.1:11434/v1"), ("ChatModel", "thinker")).Key);

    [Fact]
    public void Printed_options_leave_the_key_out() => Assert.DoesNotContain("k-3y", new ModelOptions { Key = "k-3y" }.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("KITH_Model__Endpoint is missing", "ChatModel=thinker")]
    [InlineData("KITH_Model__ChatModel or KITH_Model__EmbeddingModel has to name a model", "Endpoint=http://127.0.0.1/v1")]
    [InlineData("KITH_Model__Endpoint takes an http", "ChatModel=thinker", "Endpoint=somewhere")]
    [InlineData("KITH_Model__Endpoint takes an http", "ChatModel=thinker", "Endpoint=ftp://somewhere/v1")]
    [InlineData("https://name.openai.azure.com/openai/v1/", "ChatModel=thinker", "Key=k", "Endpoint=https://name.openai.azure.com/")]
    [InlineData("KITH_Model__Key or KITH_Model__EntraScope is needed", "ChatModel=thinker", "Endpoint=https://somewhere/v1")]
    [InlineData("KITH_Model__Key and KITH_Model__EntraScope exclude each other", "ChatModel=thinker", "Endpoint=https://somewhere/v1", "Key=k", "EntraScope=s")]
    [InlineData("KITH_Model__EntraScope needs an https address", "ChatModel=thinker", "Endpoint=http://somewhere/v1", "EntraScope=s")]
    [InlineData("KITH_Model__MaxConcurrency does not take 'many'", "MaxConcurrency=many")]
    [InlineData("KITH_Model__MaxConcurrency takes a number", "ChatModel=thinker", "Endpoint=http://somewhere/v1", "MaxConcurrency=0")]
    [InlineData("KITH_Model__Deadlines__Low takes seconds", "Deadlines:Low=long")]
    [InlineData("KITH_Model__Debounce__Tokens takes a number", "ChatModel=thinker", "Endpoint=http://somewhere/v1", "Debounce:Tokens=-1")]
    [InlineData("KITH_Model__Deadlines have to grow", "ChatModel=thinker", "Endpoint=http://somewhere/v1", "Deadlines:Low=100")]
    [InlineData("KITH_Model__Deadlines take seconds above 0", "ChatModel=thinker", "Endpoint=http://somewhere/v1", "Deadlines:Embed=0")]
    public void A_setting_that_cannot_be_used_is_named(string says, params string[] settings)
    {
        var fault = Assert.Throws<KithException>(() => From([.. settings.Select(setting => (setting.Split('=', 2)[0], setting.Split('=', 2)[1]))]));

        Assert.Equal(ErrorCode.Invalid, fault.Code);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    private static ModelOptions From(params (string Name, string Value)[] settings) => ModelOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Model:{setting.Name}", (string?)setting.Value))).Build());
}
