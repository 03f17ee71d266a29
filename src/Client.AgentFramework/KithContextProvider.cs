using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Kith.Client.AgentFramework;

/// <summary>Tells an agent what is known of its user, selected by what the user just said.</summary>
internal sealed class KithContextProvider(AgentMemory memory) : AIContextProvider
{
    protected override async ValueTask<AIContext> ProvideAIContextAsync(InvokingContext context, CancellationToken cancellationToken = default)
    {
        var asked = context.AIContext.Messages?.LastOrDefault(message => message.Role == ChatRole.User)?.Text;
        try
        {
            var known = await memory.User.GetContextAsync(new() { SearchQuery = string.IsNullOrWhiteSpace(asked) ? null : asked }, cancellationToken).ConfigureAwait(false);
            return new AIContext { Instructions = known.ToInstructions() };
        }
        catch (KithNotFoundException)
        {
            // Honcho's server, as long as the user has said nothing: Kith gives an empty context.
            return new AIContext();
        }
    }
}
