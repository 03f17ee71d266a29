using System.Text.Json;
using Kith.Core.Filters;

namespace Kith.Core.Directory;

/// <summary>The workspaces of the store.</summary>
public sealed class Workspaces
{
    /// <summary>An existing workspace is returned unchanged; metadata and configuration are used at creation only.</summary>
    public Task<(Workspace Workspace, bool Created)> GetOrCreateAsync(string id, JsonElement? metadata, JsonElement? configuration, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Metadata is replaced, configuration merged by top-level key; null changes nothing. Creates the workspace when missing.</summary>
    public Task<Workspace> UpdateAsync(string id, JsonElement? metadata, JsonElement? configuration, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Null when it does not exist.</summary>
    public Task<Workspace?> FindAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Workspace>> ListAsync(Paging paging, Condition? where, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Accepts the deletion; the worker carries it out. Not found, or conflict while sessions are active.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
