using System.Security.Cryptography;
using System.Text;
using Kith.Core;
using Kith.Http.Access;

namespace Kith.Http.Tests.Access;

public sealed class TokensTests
{
    private const string Secret = "the secret of these tests";
    private static readonly Tokens Keys = new(new AuthOptions { UseAuth = true, JwtSecret = Secret }, TimeProvider.System);

    [Fact]
    public void Verify_returns_what_Issue_was_given()
    {
        var caller = new Caller(IsAdmin: false, "w", "p", "s");
        Assert.Equal(caller, Keys.Verify(Keys.Issue(caller, DateTimeOffset.UtcNow.AddMinutes(1))));
    }

    [Fact]
    public void Verify_accepts_a_key_of_the_original_server() =>
        Assert.Equal(new Caller(IsAdmin: true), Keys.Verify(Signed("""{"alg":"HS256","typ":"JWT"}""", """{"t":"2025-01-01T00:00:00Z","ad":true,"w":"","p":""}""")));

    [Theory]
    [InlineData("""{"exp":1}""")]
    [InlineData("""{"exp":"2999-01-01T00:00:00Z"}""")]
    [InlineData("""{"nbf":99999999999}""")]
    [InlineData("""{"w":5}""")]
    [InlineData("""{"ad":"yes"}""")]
    [InlineData("""[]""")]
    [InlineData("""not json""")]
    public void Verify_refuses_claims_that_do_not_hold(string claims) => AssertInvalid(Signed("""{"alg":"HS256"}""", claims));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS512"}""")]
    [InlineData("""{}""")]
    public void Verify_refuses_other_algorithms(string header) => AssertInvalid(Signed(header, """{"ad":true}"""));

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("ä.ö.ü")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJcdWQ4MDAifQ.e30.AA")]
    [InlineData("eyJhbGciOiL_In0.e30.AA")]
    [InlineData("eyJhbGciOjF9.e30.AA")]
    public void Verify_refuses_what_is_no_token(string token) => AssertInvalid(token);

    [Fact]
    public void Verify_refuses_a_signature_of_another_secret() =>
        AssertInvalid(new Tokens(new AuthOptions { JwtSecret = "another" }, TimeProvider.System).Issue(Caller.Admin, null));

    [Fact]
    public void Verify_without_a_secret_refuses_everything() =>
        Assert.Throws<KithException>(() => new Tokens(new AuthOptions(), TimeProvider.System).Verify(Keys.Issue(Caller.Admin, null)));

    [Theory]
    [InlineData("""{"p":"alice"}""")]
    [InlineData("""{"s":"one"}""")]
    public void Verify_refuses_narrow_keys_without_workspace(string claims) =>
        Assert.Equal("Invalid JWT scope: peer/session token missing workspace", Assert.Throws<KithException>(() => Keys.Verify(Signed("""{"alg":"HS256"}""", claims))).Message);

    private static void AssertInvalid(string token)
    {
        var refused = Assert.Throws<KithException>(() => Keys.Verify(token));
        Assert.Equal((ErrorCode.Forbidden, "Invalid JWT"), (refused.Code, refused.Message));
    }

    private static string Signed(string header, string claims)
    {
        var text = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(claims));
        return text + "." + Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
