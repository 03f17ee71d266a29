using System.Runtime.CompilerServices;
using Kith.Core.Reasoning.Extractive;

namespace Kith.Core.Reasoning;

/// <summary>
/// Reasoning without a model: by linguistic rules, deterministic, in time linear in the text. Statements are retold in the third
/// person in English, German, Spanish, French and Portuguese; sentences in other languages are quoted: <c>alice: "…"</c>.
/// </summary>
/// <param name="countTokens">The o200k tokens of a text.</param>
public sealed class ExtractiveReasoner(Func<string, int> countTokens) : IReasoner
{
    /// <summary>Words of one streamed part.</summary>
    private const int WordsPerPart = 6;

    public string Name => "extractive";

    public Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Statement>>(Derivation.Of(request));
    }

    public Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Digest.Of(request, countTokens));
    }

    public async IAsyncEnumerable<AnswerPart> AnswerAsync(Question question, MemoryTools tools, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = await Answer.FindAsync(question, tools, cancellationToken);
        var text = question.ResponseFormat is { } schema ? new SchemaAnswer(schema, answer, question.Text).ToJson() : answer.Text;
        foreach (var part in Parts(text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new AnswerPart.Text(part);
        }

        yield return new AnswerPart.Grounds(
            [.. answer.Quoted.Select(line => line.Conclusion).OfType<RecalledConclusion>()],
            [.. answer.Quoted.Select(line => line.Message).OfType<RecalledMessage>()]);
    }

    public Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Consolidator.Of(request));
    }

    /// <summary>Groups of words with the white space behind them, so that the parts put together are the text.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var start = 0;
        var words = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]) || ++words % WordsPerPart != 0) continue;
            yield return text[start..(i + 1)];
            start = i + 1;
        }

        if (start < text.Length) yield return text[start..];
    }
}
