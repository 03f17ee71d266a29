using System.Text.Json.Nodes;

namespace Kith.Core.Reasoning;

/// <summary>A look into memory that a reasoner may take for a question: all that there are (spec honcho-engine §7.4). They only read.</summary>
public abstract record ToolRequest
{
    private ToolRequest(string tool) => Tool = tool;

    /// <summary>The name, for models and in evidence.</summary>
    public string Tool { get; }

    /// <summary>What is asked, as evidence shows it.</summary>
    public abstract JsonObject Input { get; }

    /// <summary>Conclusions about the question's subject, best first.</summary>
    public sealed record SearchMemory(string Query, int Limit) : ToolRequest(Name)
    {
        public const string Name = "search_memory";

        public static ResultLimit Results { get; } = new(20, 40);

        public override JsonObject Input => new() { ["query"] = Query, ["limit"] = Limit };
    }

    /// <summary>Messages by meaning and words, best first.</summary>
    public sealed record SearchMessages(string Query, int Limit) : ToolRequest(Name)
    {
        public const string Name = "search_messages";

        public static ResultLimit Results { get; } = new(10, 20);

        /// <summary>Messages to be shown before and after each.</summary>
        public int Around { get; init; }

        public override JsonObject Input => new() { ["query"] = Query, ["limit"] = Limit };
    }

    /// <summary>Messages that hold a text, in whatever case, with those before and after.</summary>
    public sealed record GrepMessages(string Text, int Limit) : ToolRequest(Name)
    {
        public const string Name = "grep_messages";

        public static ResultLimit Results { get; } = new(10, 30);

        public override JsonObject Input => new() { ["text"] = Text, ["limit"] = Limit };
    }

    /// <summary>Messages of a stretch of time as they were said: from its beginning on or, where that is open, up to its end.</summary>
    /// <param name="From">Inclusive.</param>
    /// <param name="To">Exclusive.</param>
    public sealed record MessagesByDate(DateTimeOffset? From, DateTimeOffset? To, int Limit) : ToolRequest(Name)
    {
        public const string Name = "get_messages_by_date_range";

        public static ResultLimit Results { get; } = new(20, 20);

        public override JsonObject Input => new() { ["from"] = Written(From), ["to"] = Written(To), ["limit"] = Limit };
    }

    /// <summary>Messages of a stretch of time by meaning and words, best first.</summary>
    /// <param name="From">Inclusive.</param>
    /// <param name="To">Exclusive.</param>
    public sealed record SearchMessagesByDate(string Query, DateTimeOffset? From, DateTimeOffset? To, int Limit) : ToolRequest(Name)
    {
        public const string Name = "search_messages_temporal";

        public static ResultLimit Results { get; } = new(10, 20);

        public override JsonObject Input => new() { ["query"] = Query, ["from"] = Written(From), ["to"] = Written(To), ["limit"] = Limit };
    }

    /// <summary>The messages that a conclusion rests on, with those before and after.</summary>
    public sealed record ConclusionContext(string ConclusionId) : ToolRequest(Name)
    {
        public const string Name = "get_observation_context";

        public override JsonObject Input => new() { ["conclusion_id"] = ConclusionId };
    }

    /// <summary>What a conclusion rests on, what rests on it, what took its place or lost it to it, and what denies it.</summary>
    public sealed record ReasoningChain(string ConclusionId) : ToolRequest(Name)
    {
        public const string Name = "get_reasoning_chain";

        public override JsonObject Input => new() { ["conclusion_id"] = ConclusionId };
    }

    private static string? Written(DateTimeOffset? time) => time is { } known ? Timestamp.Of(known) : null;
}
