using System.Net;
using static Kith.Client.Tests.Transport.Script;

namespace Kith.Client.Tests.Transport;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(400, typeof(KithBadRequestException))]
    [InlineData(401, typeof(KithAuthenticationException))]
    [InlineData(403, typeof(KithPermissionException))]
    [InlineData(404, typeof(KithNotFoundException))]
    [InlineData(409, typeof(KithConflictException))]
    [InlineData(410, typeof(KithExpiredException))]
    [InlineData(412, typeof(KithStaleException))]
    [InlineData(413, typeof(KithTooLargeException))]
    [InlineData(415, typeof(KithException))]
    [InlineData(422, typeof(KithValidationException))]
    [InlineData(429, typeof(KithRateLimitException))]
    [InlineData(500, typeof(KithServerException))]
    [InlineData(599, typeof(KithServerException))]
    public async Task Each_status_has_its_exception(int status, Type type)
    {
        var failure = await FailAsync(status, """{"detail":"This is why"}""");
        Assert.IsType(type, failure);
        Assert.Equal(("This is why", (HttpStatusCode)status, "r-1"), (failure.Message, failure.StatusCode, failure.RequestId));
    }

    [Theory]
    [InlineData("""{"detail":[{"type":"missing","loc":["body","messages",0,"peer_id"],"msg":"Field required","input":{}},{"type":"x","loc":["query","page"],"msg":"Too small"}]}""", "body.messages.0.peer_id: Field required; query.page: Too small", null)]
    [InlineData("""{"title":"Not Found","status":404,"detail":"No thread t","code":"not_found"}""", "No thread t", "not_found")]
    [InlineData("""{"success":false,"error":{"code":"SESSION_NOT_FOUND","message":"Session not found"}}""", "Session not found", "SESSION_NOT_FOUND")]
    [InlineData("""{"message":"As proxies say it"}""", "As proxies say it", null)]
    [InlineData("""{"error":"short"}""", "short", null)]
    [InlineData("<html>Bad gateway</html>", "<html>Bad gateway</html>", null)]
    [InlineData("", "The server answered 404.", null)]
    [InlineData("[]", "[]", null)]
    public async Task The_reason_is_found_in_every_dialect(string body, string message, string? code)
    {
        var failure = await FailAsync(404, body);
        Assert.Equal((message, code), (failure.Message, failure.Code));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_a_failure_too()
    {
        var client = new Script(Says(200, "<html>Welcome to the hotel's network</html>")).Client();
        await Assert.ThrowsAsync<KithException>(() => client.GetMetadataAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_is_not_there_cannot_be_reached()
    {
        var client = new KithClient(new KithClientOptions { BaseUrl = new Uri("http://127.0.0.1:1"), MaxRetries = 0 });
        var failure = await Assert.ThrowsAsync<KithConnectionException>(() => client.GetMetadataAsync(TestContext.Current.CancellationToken));
        Assert.Null(failure.StatusCode);
        Assert.StartsWith("127.0.0.1:1 cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a?b")]
    [InlineData("ü")]
    public void What_would_change_a_path_is_no_id(string id)
    {
        var client = new Script(Says(200)).Client();
        Assert.ThrowsAny<ArgumentException>(() => client.Peer(id));
        Assert.ThrowsAny<ArgumentException>(() => client.Session(id));
        Assert.ThrowsAny<ArgumentException>(() => client.Scope(id));
        Assert.ThrowsAny<ArgumentException>(() => client.Workspace(id));
        Assert.ThrowsAny<ArgumentException>(() => new PeerId(id));
    }

    private static Task<KithException> FailAsync(int status, string body) => Assert.ThrowsAnyAsync<KithException>(() =>
        new Script(Says(status, body, ("X-Request-Id", "r-1"))).Client(new() { MaxRetries = 0 }).GetMetadataAsync(TestContext.Current.CancellationToken));
}
