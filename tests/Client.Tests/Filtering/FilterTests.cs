namespace Kith.Client.Tests.Filtering;

public sealed class FilterTests
{
    public static TheoryData<string, Filter> Wire => new()
    {
        { """{"peer_id":"alice"}""", Filter.PeerId.Is("alice") },
        { """{"session_id":null}""", Filter.SessionId.Is(null) },
        { """{"session_id":{"ne":null}}""", Filter.SessionId.IsNot(null) },
        { """{"is_active":true}""", Filter.IsActive.Is(true) },
        { """{"level":{"in":["explicit","deductive"]}}""", Filter.Level.In("explicit", "deductive") },
        { """{"token_count":{"gt":10}}""", Filter.TokenCount.GreaterThan(10) },
        { """{"content":{"contains":"Rome"}}""", Filter.Content.Contains("Rome") },
        { """{"metadata":{"topic":"finance"}}""", Filter.Metadata("topic").Is("finance") },
        { """{"metadata":{"size":{"lte":2.5}}}""", Filter.Metadata("size").AtMost(2.5) },
        { """{"created_at":{"gte":"2024-01-01T00:00:00+00:00"}}""", Filter.CreatedAt.AtLeast(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)) },
        { """{"AND":[{"a":1},{"b":2},{"c":3}]}""", Field("a", 1) & Field("b", 2) & Field("c", 3) },
        { """{"OR":[{"a":1},{"AND":[{"b":2},{"c":3}]}]}""", Field("a", 1) | (Field("b", 2) & Field("c", 3)) },
        { """{"NOT":[{"OR":[{"a":1},{"b":2}]}]}""", !(Field("a", 1) | Field("b", 2)) },
        { """{"x":{"y":"z"}}""", Filter.Of(new() { ["x"] = new System.Text.Json.Nodes.JsonObject { ["y"] = "z" } }) },
    };

    [Theory]
    [MemberData(nameof(Wire), DisableDiscoveryEnumeration = true)]
    public void Conditions_are_written_as_the_server_reads_them(string wire, Filter filter) => Assert.Equal(wire, filter.ToString());

    [Fact]
    public void A_filter_can_be_part_of_several()
    {
        var topic = Filter.Metadata("topic").Is("finance");
        Assert.Equal("""{"AND":[{"metadata":{"topic":"finance"}},{"a":1}]}""", (topic & Field("a", 1)).ToString());
        Assert.Equal("""{"OR":[{"metadata":{"topic":"finance"}},{"a":2}]}""", (topic | Field("a", 2)).ToString());
        topic.ToJson().Clear();
        Assert.Equal("""{"metadata":{"topic":"finance"}}""", topic.ToString());
    }

    private static Filter Field(string name, int value) => Filter.Field(name).Is(value);
}
