using Kith.Core.Storage;
using Kith.Core.Usage;
using Kith.Http.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kith.Http.Tests.Memory;

public sealed class UsageRouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task Usage_is_told_by_day_purpose_and_model_with_sums()
    {
        var usage = host.Services.GetRequiredService<ModelUsage>();
        usage.Record("spent", "derive", "thinker", 100, 20);
        usage.Record("spent", "derive", "thinker", 50, 10);
        usage.Record("spent", "embed", "embedder", 7, 0);
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");

        var reply = await host.SendAsync("GET", $"/v1/workspaces/spent/usage?from={today}&to={today}");

        Assert.Equal(200, reply.Code);
        Assert.Equal(
            $$$"""
            {"from":"{{{today}}}","to":"{{{today}}}","days":[{"day":"{{{today}}}","purpose":"derive","model":"thinker","calls":2,"input_tokens":150,"output_tokens":30},{"day":"{{{today}}}","purpose":"embed","model":"embedder","calls":1,"input_tokens":7,"output_tokens":0}],"purposes":[{"purpose":"derive","calls":2,"input_tokens":150,"output_tokens":30},{"purpose":"embed","calls":1,"input_tokens":7,"output_tokens":0}],"total":{"calls":3,"input_tokens":157,"output_tokens":30}}
            """,
            reply.Text);
    }

    [Fact]
    public async Task A_budget_is_told_with_what_was_taken_of_it_today()
    {
        await host.SendAsync("POST", "/v3/workspaces", new { id = "thrift" });
        Assert.Equal("""{"messages_per_day":null,"tokens_per_day":null,"messages":0,"tokens":0}""", (await host.SendAsync("GET", "/v1/workspaces/thrift/budget")).Text);
        await host.SendAsync("PUT", "/v1/workspaces/thrift/settings", new { messagesPerDay = 10 });
        await host.SendAsync("POST", "/v3/workspaces/thrift/sessions/s/messages", new { messages = new[] { new { peer_id = "anna", content = "hello there" } } });

        var budget = (await host.SendAsync("GET", "/v1/workspaces/thrift/budget")).Json!;
        Assert.Equal((10, 1), (budget["messages_per_day"]!.GetValue<int>(), budget["messages"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Without_days_the_last_thirty_are_told()
    {
        host.Services.GetRequiredService<ModelUsage>().Record("usual", "chat", "thinker", 1, 2);

        var usage = (await host.SendAsync("GET", "/v1/workspaces/usual/usage")).Json!;

        var (from, to) = (DateOnly.Parse(usage["from"]!.GetValue<string>()), DateOnly.Parse(usage["to"]!.GetValue<string>()));
        Assert.Equal(30, to.DayNumber - from.DayNumber + 1);
        Assert.Equal(1, usage["total"]!["calls"]!.GetValue<int>());
        Assert.Equal(0, (await host.SendAsync("GET", "/v1/workspaces/usual/usage?to=2020-01-31")).Json!["total"]!["calls"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_day_that_is_none_is_refused() =>
        Assert.Equal(400, (await host.SendAsync("GET", "/v1/workspaces/usual/usage?from=soon")).Code);

    [Fact]
    public async Task What_was_used_is_written_down_when_the_host_stops()
    {
        await using var other = new KithHost();
        var (usage, store) = (other.Services.GetRequiredService<ModelUsage>(), other.Services.GetRequiredService<IDocumentStore>());
        usage.Record("stopped", "chat", "thinker", 1, 2);
        var writer = other.Services.GetServices<IHostedService>().OfType<UsageWriter>().Single();

        await writer.StopAsync(TestContext.Current.CancellationToken);

        var kept = await store.CountAsync(Partition.Work("stopped", "$usage"), new Query("usage"), TestContext.Current.CancellationToken);
        Assert.Equal(1, kept);
    }
}
