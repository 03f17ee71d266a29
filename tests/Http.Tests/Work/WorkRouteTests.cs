using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;

namespace Kith.Http.Tests.Work;

/// <summary>Background work by HTTP: what waits, what failed, and how to make up for it.</summary>
public sealed class WorkRouteTests
{
    private const string Base = "/v1/workspaces/w";

    [Fact]
    public async Task A_failed_message_is_seen_replayed_and_derived()
    {
        var reasoner = new BrittleReasoner { Fails = true };
        await using var host = KithHost.WithReasoner(reasoner);
        var said = (await SayAsync(host, "I live in Rome.")).Json![0]!["id"]!.GetValue<string>();
        Assert.True((await host.SendAsync("GET", $"{Base}/queue/idle?timeout=60")).Json!["idle"]!.GetValue<bool>());

        var state = (await host.SendAsync("GET", $"{Base}/sessions/s/messages/{said}/state")).Json!;
        Assert.Equal(("failed", "step_failed", "The reasoner has no mind"), (state["state"]!.GetValue<string>(), state["reason"]!.GetValue<string>(), state["detail"]!.GetValue<string>()));
        var id = state["failed_step_id"]!.GetValue<string>();
        var queue = (await host.SendAsync("GET", $"{Base}/queue")).Json!;
        Assert.Equal((1, 1), (queue["failed_steps"]!.GetValue<int>(), queue["units"]!["failed"]!.GetValue<int>()));
        var listed = (await host.SendAsync("GET", $"{Base}/failed-steps?kind=derive&session_id=s")).Json!;
        Assert.Equal((1, id), (listed["total"]!.GetValue<int>(), listed["items"]![0]!["id"]!.GetValue<string>()));
        Assert.Equal(0, (await host.SendAsync("GET", $"{Base}/failed-steps?kind=dream")).Json!["total"]!.GetValue<int>());

        reasoner.Fails = false;
        var replay = await host.SendAsync("POST", $"{Base}/failed-steps/{id}/replay");
        Assert.Equal((202, "replaying"), (replay.Code, replay.Json!["state"]!.GetValue<string>()));
        await Eventually.SeeAsync(async () => (await host.SendAsync("GET", $"{Base}/failed-steps/{id}")).Code, code => code == 404);

        var states = (await host.SendAsync("GET", $"{Base}/sessions/s/messages/states")).Json!;
        Assert.Equal("derived", states["items"]![0]!["state"]!.GetValue<string>());
        Assert.Contains("Rome", (await host.SendAsync("POST", "/v3/workspaces/w/peers/alice/representation", new { })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_step_can_be_dismissed()
    {
        await using var host = KithHost.WithReasoner(new BrittleReasoner { Fails = true });
        await SayAsync(host, "I live in Rome.");
        await host.SendAsync("GET", $"{Base}/queue/idle?timeout=60");
        var id = (await host.SendAsync("GET", $"{Base}/failed-steps")).Json!["items"]![0]!["id"]!.GetValue<string>();
        var dismissed = await host.SendAsync("POST", $"{Base}/failed-steps/{id}/dismiss");

        Assert.Equal((200, "dismissed"), (dismissed.Code, dismissed.Json!["state"]!.GetValue<string>()));
        Assert.Equal(0, (await host.SendAsync("GET", $"{Base}/failed-steps")).Json!["total"]!.GetValue<int>());
        Assert.Equal(1, (await host.SendAsync("GET", $"{Base}/failed-steps?state=dismissed")).Json!["total"]!.GetValue<int>());
        Assert.Equal(0, (await host.SendAsync("GET", $"{Base}/queue")).Json!["failed_steps"]!.GetValue<int>());
    }

    [Fact]
    public async Task Who_waits_gets_an_answer_when_the_time_is_up_and_a_flush_shortens_it()
    {
        var reasoner = new BrittleReasoner { Debounce = new Debounce(512, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(60)) };
        await using var host = KithHost.WithReasoner(reasoner);
        await SayAsync(host, "I live in Rome.");
        var waited = (await host.SendAsync("GET", $"{Base}/queue/idle?timeout=1")).Json!;
        Assert.False(waited["idle"]!.GetValue<bool>());
        Assert.Equal(1, waited["queue"]!["units"]!["pending"]!.GetValue<int>());
        Assert.InRange(waited["queue"]!["oldest_pending_seconds"]!.GetValue<double>(), 0, 600);

        Assert.Equal(1, (await host.SendAsync("POST", $"{Base}/queue/flush")).Json!["sessions"]!.GetValue<int>());
        Assert.True((await host.SendAsync("GET", $"{Base}/sessions/s/queue/idle?timeout=60")).Json!["idle"]!.GetValue<bool>());
        Assert.Equal(0, (await host.SendAsync("GET", $"{Base}/sessions/s/queue")).Json!["units"]!["pending"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("GET", "/queue/idle?timeout=231", 400)]
    [InlineData("GET", "/queue/idle?timeout=x", 400)]
    [InlineData("GET", "/failed-steps?kind=nonsense", 400)]
    [InlineData("GET", "/failed-steps?state=nonsense", 400)]
    [InlineData("GET", "/failed-steps?size=101", 400)]
    [InlineData("GET", "/failed-steps/nothing", 404)]
    [InlineData("POST", "/failed-steps/nothing/replay", 404)]
    [InlineData("POST", "/failed-steps/nothing/dismiss", 404)]
    [InlineData("GET", "/sessions/nowhere/messages/states", 404)]
    [InlineData("GET", "/sessions/nowhere/messages/nothing/state", 404)]
    public async Task What_is_wrong_is_said(string method, string path, int status)
    {
        await using var host = new KithHost();
        Assert.Equal(status, (await host.SendAsync(method, Base + path)).Code);
    }

    private static Task<KithHost.Reply> SayAsync(KithHost host, string content) =>
        host.SendAsync("POST", "/v3/workspaces/w/sessions/s/messages", new { messages = new[] { new { content, peer_id = "alice" } } });

    /// <summary>Derives by the rules, or not at all.</summary>
    private sealed class BrittleReasoner : IReasoner
    {
        private readonly ExtractiveReasoner _rules = new(text => Tokenizer.Count(text));

        public bool Fails { get; set; }

        public Debounce? Debounce { get; init; }

        public string Name => "brittle";

        public Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken) =>
            Fails ? throw new KithException(ErrorCode.Invalid, "The reasoner has no mind") : _rules.DeriveAsync(request, cancellationToken);

        public Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken) => _rules.SummariseAsync(request, cancellationToken);

        public IAsyncEnumerable<AnswerPart> AnswerAsync(Question question, MemoryTools tools, CancellationToken cancellationToken) => _rules.AnswerAsync(question, tools, cancellationToken);

        public Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken) => _rules.ConsolidateAsync(request, cancellationToken);
    }
}
