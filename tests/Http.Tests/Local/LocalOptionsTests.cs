using Kith.Core;
using Kith.Local;
using Microsoft.Extensions.Configuration;

namespace Kith.Http.Tests.Local;

public sealed class LocalOptionsTests
{
    [Fact]
    public void Without_settings_it_is_port_8000_of_this_machine_and_a_folder_beside_the_caller()
    {
        var options = Options();
        Assert.Equal(["http://127.0.0.1:8000"], options.Urls);
        Assert.Equal(Path.GetFullPath(".kith"), options.DataFolder);
    }

    [Fact]
    public void A_port_goes_before_addresses() => Assert.Equal(["http://127.0.0.1:9000"], Options(("port", "9000"), ("urls", "http://0.0.0.0:1")).Urls);

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("65536")]
    public void A_port_that_is_none_is_refused(string port) => Assert.Throws<KithException>(() => Options(("port", port)));

    [Theory]
    [InlineData("http://localhost:8000;http://[::1]:8000;http://127.0.0.1:8000")]
    public void Addresses_of_this_machine_need_no_authentication(string urls) => Options(("urls", urls)).DemandLoopback();

    [Theory]
    [InlineData("http://0.0.0.0:8000")]
    [InlineData("http://*:8000")]
    [InlineData("http://+:8000")]
    [InlineData("http://[::]:8000")]
    [InlineData("http://192.168.1.5:8000")]
    [InlineData("http://127.0.0.1:8000;http://example.com:8000")]
    [InlineData("nonsense")]
    public void Addresses_that_others_reach_are_refused_without_authentication(string urls) =>
        Assert.StartsWith("Without authentication", Assert.Throws<KithException>(() => Options(("urls", urls)).DemandLoopback()).Message);

    private static LocalOptions Options(params (string Key, string Value)[] settings) =>
        LocalOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build());

    [Fact]
    public void Documents_are_on_this_machine_unless_azure_is_asked_for()
    {
        Assert.Equal(LocalStorage.Local, Options().Storage);
        Assert.Equal(LocalStorage.Azure, Options(("storage", "azure")).Storage);
        Assert.Throws<KithException>(() => Options(("storage", "tape")));
    }

    [Theory]
    [InlineData("--prot", "9000")]
    [InlineData("--prot=9000", null)]
    [InlineData("-x", null)]
    public void An_option_that_nothing_reads_is_refused(string option, string? value)
    {
        var refusal = Assert.Throws<KithException>(() => LocalOptions.DemandKnown(value is null ? [option] : [option, value]));
        Assert.Equal($"There is no option {option.Split('=')[0]}. Try --help.", refusal.Message);
    }

    [Fact]
    public void Settings_of_any_section_are_options_too() =>
        LocalOptions.DemandKnown(["--port", "9000", "--Auth:UseAuth", "true", "--data=here"]);
}
