using System.Security.Cryptography;
using Kith.Core.Recall;

namespace Kith.Core.Tests.Recall;

public sealed class HashedEmbedderTests
{
    private readonly HashedEmbedder _embedder = new();

    private async Task<float[]> Embed(string text) => (await _embedder.EmbedAsync("workspace", [text], TestContext.Current.CancellationToken))[0].ToArray();

    private async Task<double> Distance(string one, string other)
    {
        var (left, right) = (await Embed(one), await Embed(other));
        return 1 - left.Zip(right, (a, b) => (double)a * b).Sum();
    }

    [Fact]
    public async Task EmbedAsync_gives_one_unit_vector_per_text_in_order()
    {
        var vectors = await _embedder.EmbedAsync("workspace", ["a lantern", "a compass", "a lantern"], TestContext.Current.CancellationToken);
        Assert.Equal(3, vectors.Count);
        Assert.All(vectors, vector =>
        {
            Assert.Equal(_embedder.Dimensions, vector.Length);
            Assert.Equal(1, vector.ToArray().Sum(value => (double)value * value), 5);
        });
        Assert.Equal(vectors[0].ToArray(), vectors[2].ToArray());
        Assert.NotEqual(vectors[0].ToArray(), vectors[1].ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n!? \ud800")]
    public async Task EmbedAsync_a_text_without_words_gives_the_zero_vector(string text) =>
        Assert.All(await Embed(text), value => Assert.Equal(0, value));

    [Theory]
    [InlineData("Alice lives in Berlin with her two dogs", "alice lives in Berlin, with her two dogs.")]
    [InlineData("Alice lives in Berlin with her two dogs", "Alice lives in Berlin with two dogs")]
    [InlineData("Bob works as a carpenter in a small workshop", "Bob worked as a carpenter in a small workshop")]
    public async Task Distance_of_near_duplicates_is_small(string one, string other) => Assert.InRange(await Distance(one, other), -0.001, 0.15);

    [Theory]
    [InlineData("Alice lives in Berlin with her two dogs", "The quarterly budget must be approved by Friday")]
    [InlineData("Ich habe gestern einen Kuchen gebacken", "They are planning to buy a new car")]
    [InlineData("She is the best and was there", "He was in the garden and is not well")]
    public async Task Distance_of_unrelated_texts_is_large(string one, string other) => Assert.InRange(await Distance(one, other), 0.6, 1.4);

    [Fact]
    public async Task Distance_a_misspelling_is_nearer_than_another_word() =>
        Assert.True(await Distance("restaurant", "resturant") < await Distance("restaurant", "hospital") - 0.2);

    [Fact]
    public async Task EmbedAsync_gives_the_same_vector_on_every_machine()
    {
        var bytes = new byte[_embedder.Dimensions];
        var vector = await Embed("Alice moved from Berlin to Rome in 2023. 東京 é");
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(sbyte)MathF.Round(vector[i] * 20);
        Assert.Equal("5EDF1000C1FBBC3F", Convert.ToHexString(SHA256.HashData(bytes))[..16]);
        Assert.Equal("hashed-1-256", _embedder.Model);
    }

    [Fact]
    public async Task EmbedAsync_a_huge_text_is_embedded_in_bounded_time()
    {
        var vector = await Embed(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"w{i} ")));
        Assert.Equal(1, vector.Sum(value => (double)value * value), 4);
    }
}
