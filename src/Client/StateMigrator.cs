using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Client;

/// <summary>
/// Brings what a workflow remembers from older versions of its schema to the newest one, step by step. Kith keeps states and their versions; what a version means, only
/// their workflow knows.
/// </summary>
/// <example>
/// <code>
/// var migrator = new StateMigrator().AddMigration("1.0", "2.0", data => { data["confidence"] ??= "exploring"; return data; });
/// var state = await migrator.ReadAsync(http, new Uri("v1/workspaces/demo/threads/design/state", UriKind.Relative));
/// </code>
/// </example>
public sealed class StateMigrator
{
    private readonly Dictionary<string, Step> _steps = [];

    /// <summary>Adds a step. There is one from each version at most, and none leads back to a version that it came from.</summary>
    /// <param name="from">The version that it takes.</param>
    /// <param name="to">The version that it makes of it.</param>
    /// <param name="transform">Gets a copy of the data, which it may change and return.</param>
    /// <exception cref="ArgumentException">There is a step from that version already, or the steps would go round in a circle.</exception>
    public StateMigrator AddMigration(string from, string to, Func<JsonObject, JsonObject> transform)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        ArgumentNullException.ThrowIfNull(transform);
        for (var version = to; ; version = _steps[version].To)
        {
            if (version == from)
                throw new ArgumentException($"The migrations from {from} lead back to it.", nameof(to));
            if (!_steps.ContainsKey(version))
                break;
        }

        if (!_steps.TryAdd(from, new Step(to, transform)))
            throw new ArgumentException($"There is a migration from {from} already.", nameof(from));
        return this;
    }

    /// <summary>The state as the last step leaves it; the same one when no step takes its version.</summary>
    /// <param name="state">The state; it stays as it is.</param>
    public StoredState Migrate(StoredState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (data, version) = (state.Data, state.SchemaVersion);
        while (_steps.TryGetValue(version, out var step))
            (data, version) = (step.Transform(data.DeepClone().AsObject()), step.To);
        return state with { Data = data, SchemaVersion = version };
    }

    /// <summary>
    /// Reads a state, migrates it and writes it back where it was not the newest version. When somebody else changes it in the meantime, their state is read and migrated
    /// instead: no change is lost, and no step is applied twice.
    /// </summary>
    /// <param name="client">With the address of Kith and the key, if one is needed.</param>
    /// <param name="state">The address of the state of a thread or of a workflow: <c>v1/workspaces/{w}/threads/{id}/state</c> or <c>v1/workspaces/{w}/states/{workflow}</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null when there is no state.</returns>
    /// <exception cref="HttpRequestException">Kith refused, or cannot be reached.</exception>
    public async Task<StoredState?> ReadAsync(HttpClient client, Uri state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        while (true)
        {
            using var found = await client.GetAsync(state, cancellationToken).ConfigureAwait(false);
            if (found.StatusCode == HttpStatusCode.NotFound)
                return null;

            var read = await ReadAsync(found, cancellationToken).ConfigureAwait(false);
            var migrated = Migrate(read);
            if (migrated.SchemaVersion == read.SchemaVersion)
                return read;

            using var written = await WriteAsync(client, state, migrated, found.Headers.ETag!, cancellationToken).ConfigureAwait(false);
            if (written.StatusCode != HttpStatusCode.PreconditionFailed)
                return await ReadAsync(written, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<HttpResponseMessage> WriteAsync(HttpClient client, Uri address, StoredState state, EntityTagHeaderValue tag, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["data"] = state.Data.DeepClone(), ["schemaVersion"] = state.SchemaVersion, ["workflowName"] = state.WorkflowName };
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.IfMatch.Add(tag);
        return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<StoredState> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false))!;
        return new StoredState((string)body["workflowName"]!, body["data"]!.AsObject(), (string)body["schemaVersion"]!);
    }

    private sealed record Step(string To, Func<JsonObject, JsonObject> Transform);
}
