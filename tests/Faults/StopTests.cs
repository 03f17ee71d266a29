namespace Kith.Faults;

/// <summary>Starting and stopping on one data folder.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Asked_to_stop_the_server_ends_cleanly_and_keeps_everything()
    {
        using var data = new DataFolder();
        await using (var server = await Server.StartAsync(data))
        {
            await server.PostAsync("/v3/workspaces/w/sessions/s/messages", new { messages = new[] { new { content = "Hello", peer_id = "ann" } } });
            Assert.Equal(0, await server.StopAsync());
        }

        await using var again = await Server.StartAsync(data);
        Assert.Single(await again.ListAsync("/v3/workspaces/w/sessions/s/messages/list"));
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_in_one_line()
    {
        using var data = new DataFolder();
        await using var first = await Server.StartAsync(data);
        var (code, errors) = await HostProcess.FailAsync(data);
        Assert.Equal(1, code);
        Assert.Contains("another process may have it open", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal("ok", (await first.GetAsync("/health"))["status"]!.GetValue<string>());
    }
}
