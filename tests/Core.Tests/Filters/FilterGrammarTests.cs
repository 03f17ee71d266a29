using System.Text.Json;
using Kith.Core.Filters;

namespace Kith.Core.Tests.Filters;

public sealed class FilterGrammarTests
{
    private static readonly string[] Messages =
    [
        """{"name":"m0","peerId":"alice","sessionId":"s1","workspaceId":"w","tokenCount":10,"createdAt":"2026-01-01T00:00:00.000000Z","metadata":{"k":"v","n":3,"b":true,"list":["x","y"],"o":{"p":1,"q":2}}}""",
        """{"name":"m1","peerId":"bob","sessionId":"s1","workspaceId":"w","tokenCount":20,"createdAt":"2026-01-01T12:30:00.500000Z","metadata":{"k":"V","n":"10","b":"true","list":["x"],"gt":5}}""",
        """{"name":"m2","peerId":"carol","sessionId":"s2","workspaceId":"w","tokenCount":30,"createdAt":"2026-01-02T00:00:00.000000Z","metadata":{"n":"many","b":false,"o":{"p":2}}}""",
        """{"name":"m3","peerId":"dan","sessionId":null,"workspaceId":"w","tokenCount":0,"createdAt":"2026-01-03T00:00:00.000000Z","metadata":{}}""",
    ];

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static ParsedFilter Parse(string filters, FilterSchema? schema = null) => FilterGrammar.Parse(Json(filters), schema ?? FilterSchema.Message);

    /// <summary>The numbers of the messages that the filter keeps.</summary>
    private static string Kept(string filters, FilterSchema? schema = null)
    {
        var where = Parse(filters, schema).Where;
        return string.Concat(Enumerable.Range(0, Messages.Length).Where(i => where is null || ConditionEvaluator.Matches(where, Json(Messages[i]))));
    }

    private static string Refusal(string filters, FilterSchema? schema = null)
    {
        var exception = Assert.Throws<KithException>(() => Parse(filters, schema));
        Assert.Equal(ErrorCode.Invalid, exception.Code);
        return exception.Message;
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"AND":[]}""")]
    [InlineData("""{"OR":[]}""")]
    [InlineData("""{"NOT":[]}""")]
    [InlineData("""{"peer_id":"*"}""")]
    [InlineData("""{"peer_id":{"ne":"*"}}""")]
    [InlineData("""{"peer_id":{"in":["alice","*"]}}""")]
    [InlineData("""{"peer_id":["*"]}""")]
    [InlineData("""{"peer_id":{}}""")]
    [InlineData("""{"metadata":{}}""")]
    [InlineData("""{"metadata":"*"}""")]
    [InlineData("""{"metadata":{"k":"*","n":{"gt":"*"}}}""")]
    [InlineData("""{"NOT":[{"peer_id":"*"}]}""")]
    [InlineData("""{"AND":[{"OR":[{"token_count":"*"}]}]}""")]
    public void A_filter_without_conditions_is_no_filter(string filters) => Assert.Null(Parse(filters).Where);

    [Fact]
    public void An_absent_filter_is_no_filter() => Assert.Equal(new ParsedFilter(null), FilterGrammar.Parse(default, FilterSchema.Message));

    [Theory]
    [InlineData("""{"peer_id":"alice"}""", "0")]
    [InlineData("""{"peer_id":"alice","session_id":"s2"}""", "")]
    [InlineData("""{"peer_id":["alice","carol"]}""", "02")]
    [InlineData("""{"peer_id":{"in":["alice","carol"]}}""", "02")]
    [InlineData("""{"peer_id":[]}""", "")]
    [InlineData("""{"peer_id":{"in":[]}}""", "")]
    [InlineData("""{"peer_id":{"contains":"A"}}""", "023")]
    [InlineData("""{"peer_id":{"icontains":"AL"}}""", "0")]
    [InlineData("""{"peer_id":{"contains":"%"}}""", "")]
    [InlineData("""{"peer_id":{"gte":"bob","lt":"dan"}}""", "12")]
    [InlineData("""{"session_id":null}""", "3")]
    [InlineData("""{"session_id":{"ne":null}}""", "012")]
    [InlineData("""{"session_id":{"ne":"s1"}}""", "23")]
    [InlineData("""{"NOT":[{"session_id":"s1"}]}""", "23")]
    [InlineData("""{"NOT":[{"session_id":"s1"},{"peer_id":"carol"}]}""", "3")]
    [InlineData("""{"OR":[{"peer_id":"bob"},{"token_count":30}]}""", "12")]
    [InlineData("""{"OR":[{"peer_id":"bob"},{"metadata":{"k":"*"}}]}""", "1")]
    [InlineData("""{"AND":[{"peer_id":{"in":["alice","carol"]}},{"NOT":[{"peer_id":"carol"}]}]}""", "0")]
    [InlineData("""{"token_count":{"gt":10,"lte":30}}""", "12")]
    [InlineData("""{"token_count":"20"}""", "1")]
    [InlineData("""{"token_count":[0,"10"]}""", "03")]
    [InlineData("""{"token_count":{"ne":10}}""", "123")]
    public void Columns_are_compared_as_specified(string filters, string kept) => Assert.Equal(kept, Kept(filters));

    [Theory]
    [InlineData("2026-01-01T12:30:00.5Z")]
    [InlineData("2026-01-01T12:30:00.500000000")]
    [InlineData("2026-01-01 12:30:00.5")]
    [InlineData("2026-01-01T14:30:00.500000+02:00")]
    [InlineData("2026-01-01T05:00:00.5-0730")]
    public void Times_in_every_form_mean_the_same_instant(string time)
    {
        var compare = Assert.IsType<Condition.Compare>(Parse($$"""{"created_at":"{{time}}"}""").Where);
        Assert.Equal("2026-01-01T12:30:00.500000Z", compare.Operand);
    }

    [Theory]
    [InlineData("2026-01-02", "2026-01-02T00:00:00.000000Z")]
    [InlineData("2026-01-02T03:04", "2026-01-02T03:04:00.000000Z")]
    [InlineData("2026-01-02 03:04:05", "2026-01-02T03:04:05.000000Z")]
    public void Dates_and_short_times_are_utc(string time, string stored) =>
        Assert.Equal(stored, Assert.IsType<Condition.Compare>(Parse($$"""{"created_at":{"gte":"{{time}}"} }""").Where).Operand);

    [Theory]
    [InlineData("""{"metadata":{"k":"v"}}""", "0")]
    [InlineData("""{"metadata":{"n":3}}""", "0")]
    [InlineData("""{"metadata":{"n":"3"}}""", "")]
    [InlineData("""{"metadata":{"b":true}}""", "0")]
    [InlineData("""{"metadata":{"list":["y"]}}""", "0")]
    [InlineData("""{"metadata":{"o":{"p":1}}}""", "0")]
    [InlineData("""{"metadata":{"contains":{"k":"v","n":3}}}""", "0")]
    [InlineData("""{"metadata":{"k":"v","n":{"gt":2}}}""", "0")]
    [InlineData("""{"metadata":{"n":{"gte":3}}}""", "01")]
    [InlineData("""{"metadata":{"n":{"gt":3,"lte":10}}}""", "1")]
    [InlineData("""{"metadata":{"n":{"ne":3}}}""", "1")]
    [InlineData("""{"metadata":{"k":{"ne":"v"}}}""", "1")]
    [InlineData("""{"metadata":{"b":{"ne":true}}}""", "2")]
    [InlineData("""{"metadata":{"n":{"in":[3,"many"]}}}""", "02")]
    [InlineData("""{"metadata":{"b":{"in":[true]}}}""", "01")]
    [InlineData("""{"metadata":{"n":{"in":[]}}}""", "")]
    [InlineData("""{"metadata":{"k":{"contains":"v"}}}""", "01")]
    [InlineData("""{"metadata":{"k":{"eq":"v"}}}""", "")]
    [InlineData("""{"metadata":{"o":{"p":{"gt":0}}}}""", "")]
    [InlineData("""{"metadata":{"k":{"ne":null}}}""", "01")]
    [InlineData("""{"metadata":{"gt":5}}""", "1")]
    [InlineData("""{"NOT":[{"metadata":{"k":"v"}}]}""", "123")]
    public void Metadata_is_contained_or_compared_by_its_text_form(string filters, string kept) => Assert.Equal(kept, Kept(filters));

    [Fact]
    public void The_unknown_key_is_named_with_its_resource()
    {
        Assert.Equal("Column 'nope' is not allowed to be filtered on or does not exist on Message", Refusal("""{"nope":1}"""));
        Assert.Equal("Column 'id' is not allowed to be filtered on or does not exist on Message", Refusal("""{"AND":[{"id":"x"}]}"""));
        Assert.Equal("Column 'content' is not allowed to be filtered on or does not exist on Message", Refusal("""{"content":"x"}"""));
        Assert.Equal("Column 'and' is not allowed to be filtered on or does not exist on Peer", Refusal("""{"and":[]}""", FilterSchema.Peer));
        Assert.Contains("'configuration'", Refusal("""{"configuration":{}}""", FilterSchema.Session), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_operators_are_listed_with_the_known_ones() => Assert.Equal(
        "Invalid filter for column 'created_at': unsupported operator(s) ['zzz']. Expected one of ['contains', 'gt', 'gte', 'icontains', 'in', 'lt', 'lte', 'ne'] or a scalar value.",
        Refusal("""{"created_at":{"zzz":1}}"""));

    [Fact]
    public void A_nesting_of_five_is_allowed_and_of_six_refused()
    {
        static string Nested(int depth) => depth == 0 ? """{"peer_id":"alice"}""" : $$"""{"AND":[{{Nested(depth - 1)}}]}""";
        Assert.Equal("0", Kept(Nested(5)));
        Assert.Equal("Filter nesting exceeds maximum depth of 5", Refusal(Nested(6)));
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("5")]
    [InlineData("\"2026-13-01\"")]
    [InlineData("\"\"")]
    public void What_is_no_time_is_refused(string value) =>
        Assert.Equal($"Invalid datetime value: {value.Trim('"')}", Refusal($$"""{"created_at":{{value}}}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("""{"AND":{}}""")]
    [InlineData("""{"OR":"x"}""")]
    [InlineData("""{"NOT":null}""")]
    [InlineData("""{"NOT":["x"]}""")]
    [InlineData("""{"peer_id":5}""")]
    [InlineData("""{"peer_id":true}""")]
    [InlineData("""{"peer_id":[null]}""")]
    [InlineData("""{"peer_id":{"in":"alice"}}""")]
    [InlineData("""{"peer_id":{"eq":"alice"}}""")]
    [InlineData("""{"peer_id":{"gt":null}}""")]
    [InlineData("""{"peer_id":{"contains":5}}""")]
    [InlineData("""{"token_count":"many"}""")]
    [InlineData("""{"token_count":"NaN"}""")]
    [InlineData("""{"token_count":1e999}""")]
    [InlineData("""{"token_count":true}""")]
    [InlineData("""{"token_count":{"contains":"1"}}""")]
    [InlineData("""{"created_at":{"contains":"2026"}}""")]
    [InlineData("""{"metadata":"x"}""")]
    [InlineData("""{"metadata":["x"]}""")]
    [InlineData("""{"metadata":{"k":{"in":"v"}}}""")]
    [InlineData("""{"metadata":{"k":{"gt":{}}}}""")]
    [InlineData("""{"metadata":{"k":{"gt":null}}}""")]
    [InlineData("""{"peer_id":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"metadata":{"\ud800":1}}""")]
    [InlineData("""{"metadata":{"k":["\ud800"]}}""")]
    [InlineData("""{"metadata":{"contains":{"k":{"\ud800":1}}}}""")]
    public void Operands_of_the_wrong_shape_are_refused(string filters) => Assert.NotEmpty(Refusal(filters));

    [Fact]
    public void A_session_is_found_by_its_name_and_state()
    {
        var where = Parse("""{"id":"s1","is_active":true}""", FilterSchema.Session).Where!;
        Assert.True(ConditionEvaluator.Matches(where, Json("""{"name":"s1","isActive":true}""")));
        Assert.False(ConditionEvaluator.Matches(where, Json("""{"name":"s1","isActive":false}""")));
        Assert.NotEmpty(Refusal("""{"is_active":1}""", FilterSchema.Session));
    }

    [Theory]
    [InlineData("""{"observer_id":"alice","observed":"bob"}""", true)]
    [InlineData("""{"observer":"alice","observed_id":"carol"}""", false)]
    [InlineData("""{"level":"explicit"}""", true)]
    [InlineData("""{"level":["deductive","inductive"]}""", false)]
    [InlineData("""{"content":{"icontains":"ROVER"}}""", true)]
    [InlineData("""{"id":{"in":["c1","c2"]}}""", true)]
    [InlineData("""{"times_derived":{"gte":2}}""", true)]
    [InlineData("""{"source_ids":"m1"}""", true)]
    [InlineData("""{"source_ids":{"contains":"m3"}}""", false)]
    [InlineData("""{"source_ids":["m1","m2"]}""", true)]
    [InlineData("""{"source_ids":["m1","m3"]}""", false)]
    [InlineData("""{"source_ids":{"in":["m3","m2"]}}""", true)]
    [InlineData("""{"source_ids":{"in":[]}}""", false)]
    [InlineData("""{"source_ids":"*"}""", true)]
    [InlineData("""{"source_ids":null}""", false)]
    public void Conclusions_are_filtered_by_both_names_levels_and_sources(string filters, bool kept)
    {
        var body = Json("""{"id":"c1","observer":"alice","observed":"bob","level":"explicit","content":"has a dog named Rover","timesDerived":2,"sourceIds":["m1","m2"]}""");
        var where = Parse(filters, FilterSchema.Conclusion).Where;
        Assert.Equal(kept, where is null || ConditionEvaluator.Matches(where, body));
    }

    [Theory]
    [InlineData("""{"level":"certain"}""")]
    [InlineData("""{"level":{"in":["explicit","x"]}}""")]
    [InlineData("""{"source_ids":{"ne":"m1"}}""")]
    [InlineData("""{"source_ids":5}""")]
    [InlineData("""{"source_ids":{"in":"m1"}}""")]
    public void Unknown_levels_and_other_operators_on_sources_are_refused(string filters) => Assert.NotEmpty(Refusal(filters, FilterSchema.Conclusion));

    [Fact]
    public void Peer_perspective_is_returned_apart_from_the_conditions_of_a_search()
    {
        var parsed = Parse("""{"peer_perspective":"alice","session_id":"s1"}""", FilterSchema.MessageSearch);
        Assert.Equal("alice", parsed.PeerPerspective);
        Assert.Equal(new Condition.Compare(Field.Text("sessionId"), Comparison.Equal, "s1").Operand, Assert.IsType<Condition.Compare>(parsed.Where).Operand);
        Assert.Null(Parse("""{"peer_perspective":"*"}""", FilterSchema.MessageSearch).PeerPerspective);
        Assert.NotEmpty(Refusal("""{"peer_perspective":5}""", FilterSchema.MessageSearch));
        Assert.NotEmpty(Refusal("""{"peer_perspective":"alice"}"""));
        Assert.NotEmpty(Refusal("""{"AND":[{"peer_perspective":"alice"}]}""", FilterSchema.MessageSearch));
    }

    [Fact]
    public void Keys_that_the_path_decides_are_ignored_at_the_root() =>
        Assert.Null(FilterGrammar.Parse(Json("""{"session_id":5}"""), FilterSchema.Message, "session_id").Where);

    [Fact]
    public void A_snowflake_is_told_from_its_neighbour()
    {
        var where = Parse("""{"metadata":{"id":1234567890123456789}}""").Where!;
        Assert.True(ConditionEvaluator.Matches(where, Json("""{"metadata":{"id":1234567890123456789}}""")));
        Assert.False(ConditionEvaluator.Matches(where, Json("""{"metadata":{"id":1234567890123456788}}""")));
    }
}
