namespace Kith.Browser;

/// <summary>The console in Chromium against the running host.</summary>
public sealed class ConsoleTests(ConsoleVisits visits) : IClassFixture<ConsoleVisits>
{
    public static TheoryData<string> Areas() => [.. ConsoleVisits.Areas];

    [Theory]
    [MemberData(nameof(Areas))]
    public async Task Every_check_of_the_area_passes(string area)
    {
        var checks = await visits.ChecksAsync();
        if (checks.SingleOrDefault(check => check is { Area: "browser", Error: not null }) is { } missing)
            Assert.Skip($"NO BROWSER: Chromium does not start here, so that the console's {area} was not looked at. Install it, or name it in KITH_TEST_CHROMIUM. {missing.Error}");

        var own = checks.Where(check => check.Area == area).ToList();
        Assert.True(own.Count > 1, $"Nothing of {area} was checked.");
        string[] failed = [.. own.Where(check => check.Error is not null).Select(check => $"{area}: {check.Name}\n{check.Error}")];
        Assert.True(failed.Length == 0, string.Join("\n\n", failed));
    }
}
