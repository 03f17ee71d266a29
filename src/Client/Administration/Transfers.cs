using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Administration;

/// <summary>Takes a workspace out of Kith, and into it. Kith only.</summary>
/// <example>
/// <code>
/// await using (var file = File.Create("demo.jsonl"))
///     await kith.Transfers.ExportAsync(file);
/// await using var again = File.OpenRead("demo.jsonl");
/// var import = await kith.Workspace("copy").Transfers.ImportAsync(again);
/// </code>
/// </example>
public class Transfers
{
    private const string Running = "running";

    private readonly KithClient _client;

    internal Transfers(KithClient client) => _client = client;

    /// <summary>For tests: transfers without a server.</summary>
    protected Transfers() => _client = null!;

    private string Imports => $"{_client.OwnPath}/imports";

    /// <summary>Writes the workspace, or what there is of a peer, as lines of JSON. Without secrets and keys.</summary>
    /// <param name="target">Where it is written.</param>
    /// <param name="peer">Only what this peer said, knows, and is known of it; null: everything.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="KithConnectionException">It broke off: what was written is not whole.</exception>
    /// <exception cref="IOException">The target does not take it, because the disk is full for example.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await using var file = File.Create("alice.jsonl");
    /// await kith.Transfers.ExportAsync(file, peer: alice);
    /// </code>
    /// </example>
    public virtual async Task ExportAsync(Stream target, PeerId? peer = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var query = new Query($"{_client.OwnPath}/export").Add("peer", peer?.Value);
        using var response = await _client.Pipeline.OpenAsync(Call.Get(query.ToString()) with { Accept = "application/x-ndjson" }, cancellationToken).ConfigureAwait(false);
        var source = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = source.ConfigureAwait(false);
        var buffer = new byte[81920];
        while (await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes over a file, all or nothing. It is checked while it is read, and stored in the background: <see cref="WaitAsync"/>.</summary>
    /// <param name="source">The file, from where it stands to its end. A failed attempt is repeated where it can be read again.</param>
    /// <param name="format">What it is.</param>
    /// <param name="user">The peer that ChatGPT's user becomes; null: <c>user</c>.</param>
    /// <param name="assistant">The peer that ChatGPT becomes; null: <c>chatgpt</c>.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    /// <exception cref="KithException">The server refused (and says which line is wrong), failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await using var file = File.OpenRead("conversations.json");
    /// var import = await kith.Transfers.ImportAsync(file, ImportFormat.ChatGpt, user: alice);
    /// </code>
    /// </example>
    public virtual async Task<Import> ImportAsync(
        Stream source, ImportFormat format = ImportFormat.Kith, PeerId? user = null, PeerId? assistant = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var query = new Query(Imports).Add("format", format.ToString().ToLowerInvariant()).Add("user", user?.Value).Add("assistant", assistant?.Value);
        var call = Call.Post(query.ToString()).With(source, format == ImportFormat.Kith ? "application/x-ndjson" : "application/json") with { Deadline = Timeout.InfiniteTimeSpan };
        return (await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Import);
    }

    /// <summary>Has the server read a workspace of a Honcho v3 server.</summary>
    /// <param name="server">Its address, without <c>/v3</c>.</param>
    /// <param name="workspace">The workspace there; null: the same name.</param>
    /// <param name="apiKey">Its key there, which is used and not kept.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var import = await kith.Transfers.ImportFromHonchoAsync(KithClientOptions.HonchoUrl, workspace: "my-app", apiKey: apiKey);
    /// </code>
    /// </example>
    public virtual async Task<Import> ImportFromHonchoAsync(Uri server, string? workspace = null, string? apiKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        var call = Call.Post($"{Imports}/honcho", new HonchoSource(server.OriginalString, workspace, apiKey), AdministrationJson.Default.HonchoSource) with { Deadline = Timeout.InfiniteTimeSpan };
        return (await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Import);
    }

    /// <summary>The imports of the workspace, the newest first.</summary>
    /// <param name="options">How many at a time. They cannot be filtered.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public virtual Paged<Import> ListImportsAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Get, Imports, options, AdministrationJson.Default.ImportPage, row => row, cancellationToken);

    /// <summary>How far an import is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such import.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<Import> GetImportAsync(string id, CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get($"{Imports}/{Ids.Given(id, nameof(id))}"), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Import);

    /// <summary>Waits until an import has ended.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="timeout">How long at most: 5 minutes unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Completed or failed.</returns>
    /// <exception cref="KithTimeoutException">It still runs.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// import = await kith.Transfers.WaitAsync(import.Id, TimeSpan.FromHours(1));
    /// </code>
    /// </example>
    public virtual Task<Import> WaitAsync(string id, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _client.WaitAsync(() => GetImportAsync(id, cancellationToken), import => import.State != Running, $"Import {id}", timeout, cancellationToken);

    private static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw new KithConnectionException($"The export broke off: {broken.Message}", broken);
        }
    }
}
