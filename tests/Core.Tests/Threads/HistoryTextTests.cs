using Kith.Core.Threads;

namespace Kith.Core.Tests.Threads;

/// <summary>The two layouts of a history (spec modelchorus §4.6, and the seed document).</summary>
public sealed class HistoryTextTests
{
    private static readonly HistoryMessage[] Messages =
    [
        new(Roles.User, "Explain\nasync") { Fields = new(["b.py", "a.py"]) },
        new(Roles.Assistant, "It waits.") { Fields = new(["a.py"], "chat", "cli", "claude") },
        new(Roles.Assistant, "Again.") { Fields = new(ModelName: "gpt") },
    ];

    [Fact]
    public void The_full_layout_is_upstreams_line_by_line() => Assert.Equal(
        """
        === CONVERSATION HISTORY (CONTINUATION) ===
        Thread: t
        Workflow: chat
        Messages: 3/5

        [NOTE: 2 earlier messages omitted]

        === FILES REFERENCED ===
        - a.py (referenced in turn 2)
        - b.py (referenced in turn 1)
        === END FILES ===

        Previous conversation:

        --- Turn 1 (user) ---
        Files: b.py, a.py

        Explain
        async

        --- Turn 2 (assistant via claude (cli)) ---
        Files: a.py

        It waits.

        --- Turn 3 (assistant via gpt (unknown)) ---

        Again.

        === END CONVERSATION HISTORY ===

        IMPORTANT: You are continuing this conversation thread; what follows is message 6.
        """,
        HistoryText.Full("t", "chat", Messages, total: 5, includeFiles: true));

    [Fact]
    public void Without_files_their_list_is_left_out() =>
        Assert.DoesNotContain("=== FILES", HistoryText.Full("t", "chat", Messages, 3, includeFiles: false), StringComparison.Ordinal);

    [Fact]
    public void An_empty_thread_has_a_head_and_an_end()
    {
        var text = HistoryText.Full("t", "chat", [], 0, includeFiles: true);
        Assert.StartsWith("=== CONVERSATION HISTORY (CONTINUATION) ===\nThread: t\nWorkflow: chat\nMessages: 0/0\n\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Turn", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NOTE", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plain_layout_is_the_seed_documents() =>
        Assert.Equal("System: Be brief.\nUser: Hi\nAssistant: Ho", HistoryText.Plain([new(Roles.System, "Be brief."), new(Roles.User, "Hi"), new(Roles.Assistant, "Ho")]));
}
