using Kith.Client.Tests.Transport;
using static Kith.Client.Tests.Transport.Script;

namespace Kith.Client.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task What_a_type_does_not_name_is_sent_beside_what_it_names_and_comes_back()
    {
        var script = new Script(Says(200, """{"id":"s","configuration":{"summary":{"enabled":false,"style":"brief"},"type":"meeting","tags":["a",null]},"created_at":"2026-05-01T12:00:00Z"}"""));
        var configuration = new MemoryConfiguration
        {
            Reasoning = new() { Enabled = true, CustomInstructions = "Look for food" },
            Other = new() { ["type"] = "meeting", ["nothing"] = null, ["nested"] = new System.Text.Json.Nodes.JsonObject { ["a"] = 1 } },
        };
        var session = await script.Client().CreateSessionAsync("s", configuration: configuration, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"id":"s","configuration":{"reasoning":{"enabled":true,"custom_instructions":"Look for food"},"type":"meeting","nothing":null,"nested":{"a":1}}}""",
            script.Requests[0].Body);
        Assert.Equal("""{"type":"meeting","tags":["a",null]}""", session.Configuration!.Other!.ToJsonString());
        Assert.Equal((false, "brief"), (session.Configuration.Summary!.Enabled, (string?)session.Configuration.Summary.Other!["style"]));
        Assert.Null(session.Configuration.Dream);
        Assert.Null(new PeerConfiguration { ObserveMe = true }.Other);
    }
}
