using System.Text;
using Kith.Core.Events;
using Kith.Http.Events;
using Kith.Testing;

namespace Kith.Http.Tests.Events;

/// <summary>What is sent and how, and what counts as delivered.</summary>
public sealed class WebhookSenderTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly WebhookOptions Open = new() { AllowsPrivateTargets = true, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The vector of the Standard Webhooks libraries.</summary>
    [Fact]
    public void The_timed_signature_is_that_of_standard_webhooks() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Timed(Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1_614_265_330), "{\"test\": 2432232314}"u8));

    /// <summary>RFC 4231, test case 2.</summary>
    [Fact]
    public void The_plain_signature_is_an_HMAC_of_the_body() => Assert.Equal(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        WebhookSignature.Plain("Jefe", "what do ya want for nothing?"u8));

    [Fact]
    public async Task Every_secret_signs_and_the_newest_makes_the_originals_signature()
    {
        await using var receiver = await Receiver.StartAsync();
        var other = "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes("another key of no special length"));
        var call = Call(receiver.Url) with { Secrets = [Secret, other] };
        Assert.Equal(new WebhookAnswer(204, null), await SendAsync(Open, call));

        var got = Assert.Single(receiver.Calls);
        Assert.Equal("{}", got.Body);
        Assert.Equal("application/json", got.Headers["content-type"]);
        Assert.Equal(("evt", "1700000000"), (got.Headers["webhook-id"], got.Headers["webhook-timestamp"]));
        Assert.Equal($"{WebhookSignature.Timed(Secret, "evt", call.At, "{}"u8)} {WebhookSignature.Timed(other, "evt", call.At, "{}"u8)}", got.Headers["webhook-signature"]);
        Assert.Equal(WebhookSignature.Plain(Secret, "{}"u8), got.Headers["x-honcho-signature"]);
    }

    [Fact]
    public async Task The_shared_secret_makes_the_originals_signature_where_there_is_one()
    {
        await using var receiver = await Receiver.StartAsync();
        await SendAsync(Open with { SharedSecret = "shared" }, Call(receiver.Url));
        Assert.Equal(WebhookSignature.Plain("shared", "{}"u8), Assert.Single(receiver.Calls).Headers["x-honcho-signature"]);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Other_answers_are_no_delivery(int status)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(status);
        Assert.Equal(new WebhookAnswer(status, $"The address answered {status}"), await SendAsync(Open, Call(receiver.Url)));
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(307, "/elsewhere");
        var answer = await SendAsync(Open, Call(receiver.Url));

        Assert.Equal(307, answer.Status);
        Assert.Contains("redirects are not followed", answer.Problem, StringComparison.Ordinal);
        Assert.Equal("/hook", Assert.Single(receiver.Calls).Path);
    }

    [Fact]
    public async Task An_address_that_does_not_answer_in_time_is_given_up()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers.Enqueue(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var answer = await SendAsync(Open with { Timeout = TimeSpan.FromSeconds(0.5) }, Call(receiver.Url));
        Assert.Equal(new WebhookAnswer(null, "The address did not answer within 0.5 seconds"), answer);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers.Enqueue(async context =>
        {
            context.Response.StatusCode = 200;
            for (var chunk = new byte[64 * 1024]; !context.RequestAborted.IsCancellationRequested;)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });
        Assert.Equal(new WebhookAnswer(200, null), await SendAsync(Open, Call(receiver.Url)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("[fd00::1]")]
    [InlineData("[fe80::1]")]
    public async Task No_connection_is_made_to_what_resolves_to_a_private_address(string host)
    {
        await using var receiver = await Receiver.StartAsync();
        var answer = await SendAsync(new WebhookOptions(), Call($"http://{host}:{receiver.Port}/hook"));
        Assert.Equal(new WebhookAnswer(null, "The address has no public address"), answer);
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task What_cannot_be_resolved_or_reached_is_said()
    {
        await using var receiver = await Receiver.StartAsync();
        var url = receiver.Url;
        await receiver.DisposeAsync();
        Assert.Equal("The address cannot be reached", (await SendAsync(Open, Call(url))).Problem);
        Assert.NotNull((await SendAsync(Open, Call("http://nobody.invalid/"))).Problem);
    }

    private static WebhookCall Call(string url) => new(url, "evt", "{}"u8.ToArray(), [Secret], DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    private static async Task<WebhookAnswer> SendAsync(WebhookOptions options, WebhookCall call)
    {
        using var sender = new HttpWebhookSender(options);
        return await sender.SendAsync(call, TestContext.Current.CancellationToken);
    }
}
