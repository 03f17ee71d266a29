using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Agents;

/// <summary>The agents of a workspace: who answers for them. Kith only.</summary>
/// <example>
/// <code>
/// await kith.Agents.PutAsync(agentId, new() { Name = "Support", ResponderUrl = new Uri("https://agents.example/support") });
/// </code>
/// </example>
public class AgentRegistry
{
    private readonly KithClient _client;

    internal AgentRegistry(KithClient client) => _client = client;

    /// <summary>For tests: agents without a server.</summary>
    protected AgentRegistry() => _client = null!;

    private string Path => $"{_client.OwnPath}/agents";

    /// <summary>The agents that are registered.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<IReadOnlyList<Agent>> ListAsync(CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get(Path), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Agents);

    /// <summary>One of them.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such agent.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<Agent> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get($"{Path}/{id}"), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Agent);

    /// <summary>Registers an agent, or replaces what is known of it.</summary>
    /// <param name="id">Its id: your own.</param>
    /// <param name="definition">All that is to be known of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithBadRequestException">The address will not do, or a limit is passed.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await kith.Agents.PutAsync(agentId, new() { Name = "Ada", Instructions = "Be brief.", Reasoner = true });
    /// </code>
    /// </example>
    public virtual async Task<Agent> PutAsync(Guid id, AgentDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var reply = await _client.Pipeline.SendAsync(Call.Put($"{Path}/{id}", definition, AdministrationJson.Default.AgentDefinition), cancellationToken).ConfigureAwait(false);
        return reply.Read(AdministrationJson.Default.Agent);
    }

    /// <summary>Forgets an agent. Its sessions stay.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such agent.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task DeleteAsync(Guid id, CancellationToken cancellationToken = default) => _client.Pipeline.SendAsync(Call.Remove($"{Path}/{id}"), cancellationToken);
}
