using Kith.Http.Outgoing;

namespace Kith.Http.Tests.Outgoing;

public sealed class OutgoingAddressTests
{
    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("http://8.8.8.8:8080/")]
    [InlineData("https://[2606:4700::1111]/")]
    [InlineData("https://1e100.net/")]
    public void Public_addresses_are_fine(string url) => Assert.Null(OutgoingAddress.Problem(url));

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.31.0.1/")]
    [InlineData("http://192.168.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://localhost:8000/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://a.localhost/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://1.2.3.999/")]
    [InlineData("http://①②⑦.0.0.1/")]
    public void Private_addresses_in_any_spelling_are_refused(string url) =>
        Assert.Equal("Private/internal IP addresses are not allowed", OutgoingAddress.Problem(url));

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript://example.com/")]
    public void Other_schemes_are_refused(string url) => Assert.Equal("Only HTTP and HTTPS URLs are allowed", OutgoingAddress.Problem(url));

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("/hook")]
    [InlineData("http://")]
    [InlineData("mailto:a@b.c")]
    public void What_is_no_absolute_address_is_refused(string url) => Assert.Equal("Invalid URL format", OutgoingAddress.Problem(url));
}
