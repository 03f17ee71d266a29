using Kith.Core.Secrets;

namespace Kith.Core.Tests.Engine;

public sealed class SecretBoxTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private const string Other = "fedcba9876543210fedcba9876543210";

    [Theory]
    [InlineData("")]
    [InlineData("xoxb-1")]
    [InlineData("пароль 🗝")]
    public void What_is_sealed_opens_at_its_place_only(string secret)
    {
        var box = new SecretBox(Key);
        var text = box.Seal(secret, "w/c/token");
        Assert.True(SecretBox.IsSealed(text));
        Assert.Equal(secret, box.Open(text, "w/c/token"));
        Assert.Null(box.Open(text, "w/d/token"));
        Assert.Null(new SecretBox(Other).Open(text, "w/c/token"));
        Assert.NotEqual(text, box.Seal(secret, "w/c/token"));
    }

    [Fact]
    public void Any_changed_character_opens_nothing()
    {
        var box = new SecretBox(Key);
        var text = box.Seal("a secret", "p");
        for (var i = 0; i < text.Length; i++)
        {
            // The last character of base 64 has bits that say nothing.
            if (i == text.Length - 1)
                continue;
            var changed = $"{text[..i]}{(text[i] == 'A' ? 'B' : 'A')}{text[(i + 1)..]}";
            Assert.Null(box.Open(changed, "p"));
        }

        Assert.All(new[] { "", "sealed1", "sealed1..", "sealed1.x.y", text[..20], "a secret" }, other => Assert.Null(box.Open(other, "p")));
    }

    [Fact]
    public void The_key_before_still_opens_and_the_new_one_seals()
    {
        var before = new SecretBox(Key).Seal("s", "p");
        var box = new SecretBox(Other, Key);
        Assert.Equal("s", box.Open(before, "p"));
        var after = box.Seal("s", "p");
        Assert.Null(new SecretBox(Key).Open(after, "p"));
        Assert.Equal("s", new SecretBox(Other).Open(after, "p"));
    }

    [Fact]
    public void Without_a_key_nothing_is_sealed()
    {
        Assert.False(SecretBox.None.CanSeal);
        Assert.Equal(ErrorCode.Conflict, Assert.Throws<KithException>(() => SecretBox.None.Seal("s", "p")).Code);
        Assert.Null(SecretBox.None.Open(new SecretBox(Key).Seal("s", "p"), "p"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecretBox("short"));
    }
}
