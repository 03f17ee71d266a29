using Kith.Core;

namespace Kith.Models.Tests;

public sealed class EmbedderTests
{
    [Fact]
    public async Task Vectors_have_unit_length_and_the_order_of_the_texts()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Fixed([3, 4, 0, 0], [0, 0, 0, 2]));

        var vectors = await server.Embedder().EmbedAsync("workspace", ["first", "second"], Some.Cancellation);

        Assert.Equal([0.6f, 0.8f, 0, 0], vectors[0].ToArray());
        Assert.Equal([0, 0, 0, 1], vectors[1].ToArray());
        Assert.Equal("/v1/embeddings", server.Requests[0].Path);
        Assert.Null(server.Requests[0].Body["dimensions"]);
    }

    [Fact]
    public async Task The_length_is_asked_for_only_when_set()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Vectors(_ => [1, 0, 0, 0]));

        await server.Embedder(options => options with { ShortenEmbeddings = true }).EmbedAsync("workspace", ["text"], Some.Cancellation);

        Assert.Equal(4, (int?)server.Requests[0].Body["dimensions"]);
    }

    [Fact]
    public async Task Blank_texts_are_zero_and_not_sent()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Vectors(_ => [1, 0, 0, 0]));

        var vectors = await server.Embedder().EmbedAsync("workspace", ["", "text", " \n"], Some.Cancellation);

        Assert.Equal([0, 0, 0, 0], vectors[0].ToArray());
        Assert.Equal([1, 0, 0, 0], vectors[1].ToArray());
        Assert.Equal([0, 0, 0, 0], vectors[2].ToArray());
        Assert.Single(server.Requests[0].Body["input"]!.AsArray());
    }

    [Fact]
    public async Task No_texts_cost_no_call()
    {
        await using var server = await ModelServer.StartAsync();

        Assert.Empty(await server.Embedder().EmbedAsync("workspace", [], Some.Cancellation));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_request_holds_at_most_2048_texts()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Vectors(text => [int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) + 1, 0, 0, 1]));

        var vectors = await server.Embedder().EmbedAsync("workspace", [.. Enumerable.Range(0, 2_049).Select(i => $"{i}")], Some.Cancellation);

        Assert.Equal([1, 2_048], server.Requests.Select(request => request.Body["input"]!.AsArray().Count).Order());
        Assert.All(vectors.Index(), item => Assert.Equal(item.Index + 1, item.Item.Span[0] / item.Item.Span[3], 0.5f));
    }

    [Fact]
    public async Task A_request_holds_at_most_300000_tokens()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Vectors(_ => [1, 0, 0, 0]));
        var text = string.Concat(Enumerable.Repeat(" word", 8_000));

        await server.Embedder().EmbedAsync("workspace", [.. Enumerable.Repeat(text, 40)], Some.Cancellation);

        Assert.Equal([3, 37], server.Requests.Select(request => request.Body["input"]!.AsArray().Count).Order());
    }

    [Fact]
    public async Task Vectors_of_another_length_are_unavailable_and_the_setting_is_named()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Vectors(_ => [1, 0, 0]));

        var fault = await Some.FailsAsync(ErrorCode.Unavailable, () => server.Embedder().EmbedAsync("workspace", ["text"], Some.Cancellation));

        Assert.Contains("KITH_Model__EmbeddingDimensions", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_vectors_are_unavailable()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Fixed([1, 0, 0, 0]));

        await Some.FailsAsync(ErrorCode.Unavailable, () => server.Embedder().EmbedAsync("workspace", ["one", "two"], Some.Cancellation));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    public async Task A_vector_without_direction_is_unavailable(float value)
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Fixed([value, 0, 0, 0]));

        await Some.FailsAsync(ErrorCode.Unavailable, () => server.Embedder().EmbedAsync("workspace", ["text"], Some.Cancellation));
    }

    [Fact]
    public async Task A_storm_shorter_than_the_policy_is_survived()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Status(429), Replies.Status(500), Replies.Vectors(_ => [1, 0, 0, 0]));

        Assert.Single(await server.Embedder().EmbedAsync("workspace", ["text"], Some.Cancellation));
    }

    [Fact]
    public async Task A_storm_longer_than_the_policy_is_unavailable()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Status(429));

        await Some.FailsAsync(ErrorCode.Unavailable, () => server.Embedder().EmbedAsync("workspace", ["text"], Some.Cancellation));
    }

    [Fact]
    public async Task Long_texts_that_the_model_rejects_are_tried_once_shortened()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Status(400), Replies.Vectors(_ => [1, 0, 0, 0]));
        var text = string.Concat(Enumerable.Repeat(" word", 8_000));

        Assert.Equal(2, (await server.Embedder().EmbedAsync("workspace", [text, "short"], Some.Cancellation)).Count);

        var sent = server.Requests[1].Body["input"]!.AsArray().Select(input => (string)input!).ToArray();
        Assert.Equal(2_048 * " word".Length, sent[0].Length);
        Assert.Equal("short", sent[1]);
    }

    [Fact]
    public async Task A_short_text_that_the_model_rejects_is_invalid()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Status(400));

        await Some.FailsAsync(ErrorCode.Invalid, () => server.Embedder().EmbedAsync("workspace", ["text"], Some.Cancellation));
    }

    [Fact]
    public async Task The_model_is_named_with_its_length()
    {
        await using var server = await ModelServer.StartAsync();

        Assert.Equal("embedder-4", server.Embedder().Model);
    }
}
