namespace Kith.Clients;

/// <summary>The unmodified npm clients <c>@honcho-ai/sdk</c> and <c>@honcho-ai/core</c> against the running host (spec honcho-api §14.3 and §15).</summary>
public sealed class HonchoClientTests(HonchoClients clients) : IClassFixture<HonchoClients>
{
    public static TheoryData<string, string, string> Areas() =>
        new(HonchoClients.Runs.SelectMany(run => HonchoClients.AreasOf(run.Version).Select(area => (run.Deployment, run.Version, area))));

    public static TheoryData<string, string> Runs() => new(HonchoClients.Runs);

    [Theory]
    [MemberData(nameof(Areas))]
    public async Task Every_check_of_the_area_passes(string deployment, string version, string area) => await PassAsync(deployment, version, area);

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Every_public_member_of_the_client_is_called(string deployment, string version) => await PassAsync(deployment, version, "coverage");

    private async Task PassAsync(string deployment, string version, string area)
    {
        var checks = await clients.ChecksAsync(deployment, version, area);

        Assert.NotEmpty(checks);
        string[] failed = [.. checks.Where(check => check.Error is not null).Select(check => $"{deployment} {version} {area}: {check.Name}\n{check.Error}")];
        Assert.True(failed.Length == 0, string.Join("\n\n", failed));
    }
}
