namespace Kith.Http.Tests;

public sealed class RequestIdTests
{
    [Theory]
    [InlineData("GET", "/health", 200)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/v1/workspaces/w/keys/x", 404)]
    [InlineData("GET", "/api/messaging/sessions/x", 404)]
    [InlineData("PATCH", "/v3/workspaces", 405)]
    public async Task Every_answer_names_its_request(string method, string path, int status)
    {
        await using var host = new KithHost();
        var (one, other) = (await host.SendAsync(method, path), await host.SendAsync(method, path));
        Assert.Equal(status, one.Code);
        Assert.Equal(21, IdOf(one).Length);
        Assert.NotEqual(IdOf(one), IdOf(other));
    }

    [Theory]
    [InlineData("abc-1.2_3", true)]
    [InlineData("a b", false)]
    [InlineData("<script>", false)]
    [InlineData("kitchen\u0001", false)]
    public async Task The_caller_s_own_name_is_taken_where_it_can_be_logged(string given, bool taken)
    {
        await using var host = new KithHost();
        var reply = await host.SendAsync("GET", "/health", content: null, headers: new Dictionary<string, string> { ["X-Request-Id"] = given });
        Assert.Equal(taken, IdOf(reply) == given);
        var tooLong = await host.SendAsync("GET", "/health", content: null, headers: new Dictionary<string, string> { ["X-Request-Id"] = new('x', 129) });
        Assert.Equal(21, IdOf(tooLong).Length);
    }

    private static string IdOf(KithHost.Reply reply) => Assert.Single(reply.Headers.GetValues("X-Request-Id"));
}
