namespace Kith.Client.Tests.PublicApi;

public sealed class PublicApiTests
{
    private const string Recorded = "src/Client/PublicApi.txt";

    /// <summary>What a package shows is a promise: a change of it is seen in the change that makes it.</summary>
    [Fact]
    public void The_public_surface_is_what_is_recorded()
    {
        var actual = string.Concat(ApiListing.Of(typeof(KithClient).Assembly).Select(line => line + "\n"));
        var path = Repository.PathOf(Recorded);
        if (Environment.GetEnvironmentVariable("RECORD_PUBLIC_API") == "1")
            File.WriteAllText(path, actual);
        Assert.True(
            actual == File.ReadAllText(path).ReplaceLineEndings("\n"),
            $"The public API of Kith.Client is not what {Recorded} says. If that is meant, run this test with RECORD_PUBLIC_API=1 and commit the file.");
    }
}
