namespace Kith.Http.Tests.Eliza;

internal static class Doors
{
    /// <summary>Waits until nothing is left to be worked out in a workspace.</summary>
    public static async Task IdleAsync(KithHost host, string workspace = "eliza")
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var status = (await host.SendAsync("GET", $"/v3/workspaces/{workspace}/queue/status")).Json!;
            if (status["pending_work_units"]!.GetValue<int>() + status["in_progress_work_units"]!.GetValue<int>() == 0)
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("There is still work to do after 15 seconds.");
    }
}
