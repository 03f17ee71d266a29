namespace Kith.Clients;

/// <summary>The unmodified npm clients <c>@honcho-ai/sdk</c> and <c>@honcho-ai/core</c> against the running host (spec honcho-api §14.3 and §15).</summary>
public sealed class HonchoClientTests(HonchoClients clients) : IClassFixture<HonchoClients>
{
    public static TheoryData<string, string> Areas() =>
        new(HonchoClients.Versions.SelectMany(version => HonchoClients.AreasOf(version).Select(area => (version, area))));

    public static TheoryData<string> Versions() => [.. HonchoClients.Versions];

    [Theory]
    [MemberData(nameof(Areas))]
    public async Task Every_check_of_the_area_passes(string version, string area) => await PassAsync(version, area);

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_public_member_of_the_client_is_called(string version) => await PassAsync(version, "coverage");

    private async Task PassAsync(string version, string area)
    {
        var checks = await clients.ChecksAsync(version, area);

        Assert.NotEmpty(checks);
        string[] failed = [.. checks.Where(check => check.Error is not null).Select(check => $"{version} {area}: {check.Name}\n{check.Error}")];
        Assert.True(failed.Length == 0, string.Join("\n\n", failed));
    }
}
