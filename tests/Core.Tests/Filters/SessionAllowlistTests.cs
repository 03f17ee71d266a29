using System.Text.Json;
using Kith.Core.Filters;

namespace Kith.Core.Tests.Filters;

public sealed class SessionAllowlistTests
{
    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    [Theory]
    [InlineData("""{"session_id":"a"}""", "a")]
    [InlineData("""{"session_id":["a","b","a"]}""", "a,b")]
    [InlineData("""{"session_id":{"in":["a","b"]}}""", "a,b")]
    [InlineData("""{"session_id":[]}""", "")]
    public void Every_allowed_shape_names_its_sessions(string filters, string sessions) =>
        Assert.Equal(sessions, string.Join(',', SessionAllowlist.Parse(Json(filters))!));

    [Fact]
    public void No_filter_is_no_allowlist()
    {
        Assert.Null(SessionAllowlist.Parse(default));
        Assert.Null(SessionAllowlist.Parse(Json("null"), "a"));
    }

    [Fact]
    public void An_empty_filter_lacks_its_key() =>
        Assert.Equal("filters must contain 'session_id'", Assert.Throws<KithException>(() => SessionAllowlist.Parse(Json("{}"))).Message);

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"session_id":"*"}""")]
    [InlineData("""{"session_id":["a","*"]}""")]
    [InlineData("""{"session_id":"a b"}""")]
    [InlineData("""{"session_id":""}""")]
    [InlineData("""{"session_id":"a\n"}""")]
    [InlineData("""{"session_id":null}""")]
    [InlineData("""{"session_id":[5]}""")]
    [InlineData("""{"session_id":{"ne":"a"}}""")]
    [InlineData("""{"session_id":{"in":"a"}}""")]
    [InlineData("""{"session_id":{"in":["a"],"ne":"b"}}""")]
    [InlineData("""{"session_id":"a","peer_id":"b"}""")]
    [InlineData("""{"peer_id":"b"}""")]
    public void Other_keys_and_shapes_are_refused(string filters) =>
        Assert.Equal(ErrorCode.Invalid, Assert.Throws<KithException>(() => SessionAllowlist.Parse(Json(filters))).Code);

    [Fact]
    public void A_thousand_sessions_are_allowed_and_one_more_refused()
    {
        static JsonElement Sessions(int count) =>
            JsonSerializer.SerializeToElement(new { session_id = Enumerable.Range(0, count).Select(i => $"s{i}") });
        Assert.Equal(1000, SessionAllowlist.Parse(Sessions(1000))!.Count);
        Assert.Throws<KithException>(() => SessionAllowlist.Parse(Sessions(1001)));
    }

    [Fact]
    public void The_session_of_the_body_must_be_allowed()
    {
        Assert.NotNull(SessionAllowlist.Parse(Json("""{"session_id":["a","b"]}"""), "b"));
        Assert.Throws<KithException>(() => SessionAllowlist.Parse(Json("""{"session_id":["a","b"]}"""), "c"));
        Assert.Throws<KithException>(() => SessionAllowlist.Parse(Json("""{"session_id":[]}"""), "c"));
    }
}
