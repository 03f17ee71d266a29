using System.Net;

namespace Kith.Faults;

/// <summary>The largest requests are stored whole, one character more not at all, and parallel writers do not lose each other's.</summary>
public sealed class LargeAppendTests(LargeAppendTests.Host host) : IClassFixture<LargeAppendTests.Host>
{
    private const int Characters = 25_000;
    private const int UploadBytes = 5 * 1024 * 1024;
    private const string Workspace = "w";

    [Theory]
    [InlineData("x", "x")]
    [InlineData("emoji", "😀")]
    public async Task A_hundred_messages_of_25000_characters_are_stored_whole(string session, string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, Characters));
        var post = new Post("all", "ann", session, [.. Enumerable.Repeat(text, 100)]);
        await post.SendAsync(host.Server.Client, Workspace);
        await CheckAsync(post);
    }

    [Theory]
    [InlineData("x", "x")]
    [InlineData("emoji", "😀")]
    public async Task One_character_more_is_refused_and_nothing_is_stored(string session, string character)
    {
        session += "-refused";
        var text = string.Concat(Enumerable.Repeat(character, Characters));
        var answer = await SendAsync(new Post("all", "ann", session, [.. Enumerable.Repeat(text, 99), text + character]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer);
        await AssertMissingAsync(session);
    }

    [Fact]
    public async Task A_file_of_five_megabytes_is_stored_whole()
    {
        var post = new Post("all", "ann", "file", [File(UploadBytes)], IsUpload: true);
        await post.SendAsync(host.Server.Client, Workspace);
        await CheckAsync(post);
    }

    [Fact]
    public async Task A_file_of_one_byte_more_is_refused_and_nothing_is_stored()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(new Post("all", "ann", "file-refused", [File(UploadBytes + 1)], IsUpload: true)));
        await AssertMissingAsync("file-refused");
    }

    [Fact]
    public async Task Fifty_parallel_writers_of_one_session_get_a_gapless_order()
    {
        var ledger = new Ledger(Workspace);
        await Task.WhenAll(Enumerable.Range(1, 50).Select(async writer =>
        {
            for (var i = 1; i <= 10; i++)
            {
                var name = $"{writer}-{i}";
                var post = new Post(name, $"writer-{writer}", "crowd", [.. Enumerable.Range(1, i % 3 + 1).Select(part => $"{name} {part}")]);
                ledger.Add(post);
                await post.SendAsync(host.Server.Client, Workspace);
            }
        }));
        Assert.Equal(500, ledger.Acknowledged.Count);
        await ledger.CheckAsync(host.Server);
    }

    private static string File(int bytes) => string.Concat(Enumerable.Range(0, bytes / 16 + 1).Select(line => $"line of {line:D7}\n"))[..bytes];

    private async Task<HttpStatusCode> SendAsync(Post post)
    {
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => post.SendAsync(host.Server.Client, Workspace));
        return refusal.StatusCode ?? default;
    }

    private async Task CheckAsync(Post post)
    {
        var ledger = new Ledger(Workspace);
        ledger.Add(post);
        await ledger.CheckAsync(host.Server);
    }

    private async Task AssertMissingAsync(string session)
    {
        var sessions = await host.Server.ListAsync($"/v3/workspaces/{Workspace}/sessions/list");
        Assert.DoesNotContain(sessions, item => item["id"]!.GetValue<string>() == session);
        Assert.Empty(await host.Server.ListAsync($"/v3/workspaces/{Workspace}/sessions/{session}/messages/list"));
    }

    /// <summary>One server for the class.</summary>
    public sealed class Host : IAsyncLifetime
    {
        private readonly DataFolder _data = new();

        internal Server Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await Server.StartAsync(_data);

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            _data.Dispose();
        }
    }
}
