using System.Reflection;

namespace Kith.Client.Tests.PublicApi;

public sealed class PublicApiTests
{
    public static TheoryData<string, string> Packages => new()
    {
        { "Client", typeof(KithClient).Assembly.GetName().Name! },
        { "Client.AgentFramework", typeof(Client.AgentFramework.AgentMemory).Assembly.GetName().Name! },
        { "Client.DependencyInjection", typeof(Client.DependencyInjection.KithServices).Assembly.GetName().Name! },
        { "Client.OpenAI", typeof(Client.OpenAI.OpenAIMessages).Assembly.GetName().Name! },
        { "Client.SemanticKernel", typeof(Client.SemanticKernel.SessionHistory).Assembly.GetName().Name! },
    };

    /// <summary>What a package shows is a promise: a change of it is seen in the change that makes it.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_what_is_recorded(string project, string assembly)
    {
        var recorded = $"src/{project}/PublicApi.txt";
        var actual = string.Concat(ApiListing.Of(Assembly.Load(assembly)).Select(line => line + "\n"));
        var path = Repository.PathOf(recorded);
        if (Environment.GetEnvironmentVariable("RECORD_PUBLIC_API") == "1")
            File.WriteAllText(path, actual);
        Assert.True(
            actual == File.ReadAllText(path).ReplaceLineEndings("\n"),
            $"The public API of {assembly} is not what {recorded} says. If that is meant, run this test with RECORD_PUBLIC_API=1 and commit the file.");
    }
}
