using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Core.Usage;

namespace Kith.Azure.Models;

/// <summary>Reasoning with a chat model at any address that speaks OpenAI's protocol, Azure's v1 endpoint included. The prompts are in the folder Prompts.</summary>
/// <exception cref="KithException">From the constructor: the options name no chat model.</exception>
public sealed class ModelReasoner(ModelOptions options, ModelUsage usage, TimeProvider time) : IReasoner
{
    private readonly ChatModel _model = new(options, usage, time);

    public string Name => _model.Name;

    public Debounce? Debounce => options.Debounce;

    public Task<IReadOnlyList<Statement>> DeriveAsync(DeriveRequest request, CancellationToken cancellationToken) =>
        new Derivation(_model, options.Deadlines.Derive).RunAsync(request, cancellationToken);

    public Task<string?> SummariseAsync(SummaryRequest request, CancellationToken cancellationToken) =>
        new Summarisation(_model, options.Deadlines.Summary).RunAsync(request, cancellationToken);

    /// <summary>
    /// As the port says. When the level's deadline passes, the answer ends where it is, with an ellipsis; if nothing was written yet, it quotes what was found.
    /// </summary>
    public async IAsyncEnumerable<AnswerPart> AnswerAsync(Question question, MemoryTools tools, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parts = Channel.CreateUnbounded<AnswerPart>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var answering = RunAsync(abandoned.Token);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(cancellationToken))
                yield return part;
            await answering;
        }
        finally
        {
            // A reader that leaves early ends the call to the model.
            await abandoned.CancelAsync();
            await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task RunAsync(CancellationToken token)
        {
            try
            {
                await new AnswerLoop(_model, question, tools, Effort.Of(question.Level, options.Deadlines), parts.Writer, time).RunAsync(token);
            }
            finally
            {
                parts.Writer.Complete();
            }
        }
    }

    public Task<Consolidation> ConsolidateAsync(ConsolidationRequest request, CancellationToken cancellationToken) =>
        new Consolidator(_model, options.Deadlines.Dream).RunAsync(request, cancellationToken);
}
