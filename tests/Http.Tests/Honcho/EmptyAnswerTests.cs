using System.Runtime.CompilerServices;
using Kith.Core.Reasoning;

namespace Kith.Http.Tests.Honcho;

/// <summary>What each version of the protocol says when a model answers nothing (spec honcho-api §9.3 and §12.2).</summary>
public sealed class EmptyAnswerTests(EmptyAnswerTests.Fixture fixture) : IClassFixture<EmptyAnswerTests.Fixture>
{
    [Theory]
    [InlineData("v3", """{"content":null}""")]
    [InlineData("v2", """{"content":"None"}""")]
    public async Task An_empty_answer_is_null_or_the_word_None(string version, string answer) => Assert.Equal(answer, await fixture.AskAsync(version, stream: false));

    [Theory]
    [InlineData("v3", "data: {\"done\":true}\n\n")]
    [InlineData("v2", "data: {\"delta\":{\"content\":null},\"done\":true}\n\n")]
    public async Task An_empty_stream_is_its_end_alone(string version, string answer) => Assert.Equal(answer, await fixture.AskAsync(version, stream: true));

    public sealed class Fixture : IAsyncDisposable
    {
        private readonly KithHost _host = KithHost.WithReasoner(new SilentReasoner());

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        public async Task<string> AskAsync(string version, bool stream) =>
            (await _host.SendAsync("POST", $"/{version}/workspaces/w/peers/p/chat", new { query = "Where?", stream })).Text;
    }

    private sealed class SilentReasoner : IReasoner
    {
        public string Name => "silent";

        public Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Statement>>([]);

        public Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public async IAsyncEnumerable<AnswerPart> AnswerAsync(Question question, MemoryTools tools, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return new AnswerPart.Grounds([], []);
        }

        public Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken) => Task.FromResult(new Consolidation([], []));
    }
}
