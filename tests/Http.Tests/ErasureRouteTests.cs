using System.Text.Json.Nodes;

namespace Kith.Http.Tests;

/// <summary>Erasures as jobs with a receipt and a proof.</summary>
public sealed class ErasureRouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task A_peer_is_erased_and_the_receipt_tells_what_went_and_what_cannot()
    {
        await SayAsync("erase", "anna", "I live in Zqxville.");
        await SayAsync("erase", "ben", "I live in Rome.");
        await host.IdleAsync("erase");
        var accepted = await host.SendAsync("POST", "/v1/workspaces/erase/erasures", new { kind = "peer", peer = "anna" });
        var id = (string)accepted.Json!["id"]!;

        Assert.Equal((202, $"/v1/workspaces/erase/erasures/{id}"), (accepted.Code, accepted.Headers.Location!.ToString()));
        var done = await FinishedAsync("erase", id);
        Assert.Equal("completed", (string)done["state"]!);
        Assert.Equal(1, (int)done["erased"]!["message"]!);
        Assert.True((int)done["erased"]!["conclusion"]! > 0 && (int)done["erased"]!["recall"]! > 1);
        Assert.Empty(done["remaining"]!.AsObject());
        Assert.Equal(4, done["beyond"]!.AsArray().Count);
        var proof = (await host.SendAsync("GET", (string)done["proof"]!)).Json!;
        Assert.Equal((0, false), ((int)proof["left"]!, (bool)proof["in_use_again"]!));
        Assert.Equal(1, (int)(await host.SendAsync("POST", "/v3/workspaces/erase/sessions/s/messages/list", "{}")).Json!["total"]!);
        Assert.DoesNotContain("Zqxville", (await host.SendAsync("POST", "/v3/workspaces/erase/search", new { query = "Zqxville" })).Text, StringComparison.Ordinal);
        Assert.Equal(id, (string)(await host.SendAsync("GET", "/v1/workspaces/erase/erasures")).Json!["items"]![0]!["id"]!);
    }

    [Fact]
    public async Task Honcho_s_deletions_leave_receipts()
    {
        await SayAsync("receipts", "anna", "I live in Berlin.");
        await host.IdleAsync("receipts");
        var conclusion = (string)(await host.SendAsync("POST", "/v3/workspaces/receipts/conclusions/list", "{}")).Json!["items"]![0]!["id"]!;
        Assert.Equal(204, (await host.SendAsync("DELETE", $"/v3/workspaces/receipts/conclusions/{conclusion}")).Code);
        Assert.Equal(404, (await host.SendAsync("DELETE", $"/v3/workspaces/receipts/conclusions/{conclusion}")).Code);
        Assert.Equal(202, (await host.SendAsync("DELETE", "/v3/workspaces/receipts/sessions/s")).Code);
        for (var tries = 0; tries < 600; tries++)
        {
            var kinds = (await host.SendAsync("GET", "/v1/workspaces/receipts/erasures")).Json!["items"]!.AsArray().Where(item => (string)item!["state"]! == "completed").Select(item => (string)item!["kind"]!).Order();
            if (kinds.SequenceEqual(["conclusion", "session"]))
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The receipts did not come.");
    }

    [Theory]
    [InlineData("""{"kind":"everything"}""")]
    [InlineData("""{"kind":"peer"}""")]
    [InlineData("""{"kind":"peer","peer":"anna","session":"s"}""")]
    [InlineData("""{"kind":"message","message":"m"}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    public async Task A_request_of_the_wrong_shape_is_refused(string body)
    {
        var reply = await host.SendAsync("POST", "/v1/workspaces/nowhere/erasures", body);
        Assert.Equal((400, "invalid", "application/problem+json"), (reply.Code, (string)reply.Json!["code"]!, reply.Type));
    }

    [Theory]
    [InlineData("POST", "nowhere/erasures", """{"kind":"workspace"}""")]
    [InlineData("POST", "unknown/erasures", """{"kind":"peer","peer":"anna"}""")]
    [InlineData("GET", "nowhere/erasures/none", null)]
    [InlineData("GET", "nowhere/erasures/none/proof", null)]
    public async Task What_does_not_exist_is_not_found(string method, string path, string? body) =>
        Assert.Equal(404, (await host.SendAsync(method, $"/v1/workspaces/{path}", body)).Code);

    private async Task SayAsync(string workspace, string peer, string text) =>
        Assert.Equal(201, (await host.SendAsync("POST", $"/v3/workspaces/{workspace}/sessions/s/messages", new { messages = new[] { new { content = text, peer_id = peer } } })).Code);

    private async Task<JsonNode> FinishedAsync(string workspace, string id)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var erasure = (await host.SendAsync("GET", $"/v1/workspaces/{workspace}/erasures/{id}")).Json!;
            if ((string)erasure["state"]! != "running")
                return erasure;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The erasure has not ended after 30 seconds.");
    }
}
