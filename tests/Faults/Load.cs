namespace Kith.Faults;

/// <summary>Writers that post to a few sessions, each one request after the other, until the server is gone.</summary>
internal sealed class Load(Ledger ledger, string workspace, Random random)
{
    private const int MessageCharacters = 25_000;
    private const int UploadBytes = 5 * 1024 * 1024;

    private static readonly TimeSpan BulkPause = TimeSpan.FromSeconds(1);

    private int _number;

    public Task RunAsync(HttpClient client, int round) => Task.WhenAll(
        WriteAsync(client, "ann", "talk", 1, 40),
        WriteAsync(client, "bea", "talk", 12, 60),
        WriteAsync(client, "cid", "chat", 3, 40),
        WriteAsync(client, "dan", "chat", 100, 80),
        BulkAsync(client, round));

    private async Task WriteAsync(HttpClient client, string writer, string session, int most, int pause)
    {
        while (true)
        {
            int count, rest;
            lock (random)
                (count, rest) = (random.Next(1, most + 1), random.Next(pause));
            var name = $"{writer}-{Interlocked.Increment(ref _number)}";
            if (!await TryAsync(client, new Post(name, writer, session, [.. Enumerable.Range(1, count).Select(i => $"Remark {i} of {name} in the course of the day")])))
                return;
            await Task.Delay(rest);
        }
    }

    /// <summary>What does not fit one batch of the store.</summary>
    private async Task BulkAsync(HttpClient client, int round)
    {
        while (true)
        {
            var name = $"bulk-{round}-{Interlocked.Increment(ref _number)}";
            var long100 = new Post(name, "bulk", "bulk", [.. Enumerable.Range(1, 100).Select(i => Text($"Page {i} of {name}", MessageCharacters))]);
            var upload = new Post($"{name}-file", "bulk", "bulk", [Text($"File of {name}", UploadBytes)], IsUpload: true);
            if (!await TryAsync(client, long100) || !await TryAsync(client, upload))
                return;
            await Task.Delay(BulkPause);
        }
    }

    /// <summary>False when the server is gone.</summary>
    private async Task<bool> TryAsync(HttpClient client, Post post)
    {
        ledger.Add(post);
        try
        {
            await post.SendAsync(client, workspace);
            return true;
        }
        catch (HttpRequestException exception) when (exception.StatusCode is null)
        {
            return false;
        }
    }

    private static string Text(string start, int characters)
    {
        const string Filler = " and the rain went on and on over the hills";
        return string.Concat(start, string.Concat(Enumerable.Repeat(Filler, (characters / Filler.Length) + 1)))[..characters];
    }
}
