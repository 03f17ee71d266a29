using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Kith.Core;
using Kith.Core.Porting;
using Kith.Http.Eliza;
using Kith.Http.Outgoing;
using Kith.Http.Porting.Requests;
using Kith.Http.Schema;

namespace Kith.Http.Porting;

/// <summary>
/// Reads a workspace of a Honcho v3 server through its API: peers, sessions with their members, messages, conclusions and cards. What it derived itself and does not
/// show stays there; Kith derives from the messages.
/// </summary>
internal sealed class HonchoReader : IDisposable
{
    private const int PageSize = 100;
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client;
    private readonly bool _allowsPrivate;

    public HonchoReader(ElizaOptions options)
    {
        _allowsPrivate = options.AllowsPrivateResponders;
        _client = OutgoingHttp.Client("The Honcho server", _allowsPrivate, MaxAnswerBytes);
    }

    /// <exception cref="KithException">The server cannot be read, or answers what no Honcho server does.</exception>
    public async IAsyncEnumerable<(long Number, ImportLine Line)> ReadAsync(HonchoSource source, string workspace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (OutgoingAddress.Problem(source.Url, _allowsPrivate) is { } problem)
            throw new KithException(ErrorCode.Invalid, problem);
        var root = $"{source.Url.TrimEnd('/')}/v3/workspaces/{Uri.EscapeDataString(workspace)}";
        var number = 0L;
        await foreach (var line in LinesAsync(root, source.Key, cancellationToken))
            yield return (++number, line);
    }

    public void Dispose() => _client.Dispose();

    private async IAsyncEnumerable<ImportLine> LinesAsync(string root, string? key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (peers, sessions) = (new List<string>(), new List<string>());
        await foreach (var peer in PagesAsync($"{root}/peers/list", key, cancellationToken))
        {
            peers.Add(Text(peer, "id"));
            yield return new ImportLine { Peer = new ImportLine.ImportedPeer(peers[^1], Object(peer, "metadata"), Object(peer, "configuration")) };
        }

        await foreach (var session in PagesAsync($"{root}/sessions/list", key, cancellationToken))
        {
            sessions.Add(Text(session, "id"));
            var members = await MembersAsync($"{root}/sessions/{Uri.EscapeDataString(sessions[^1])}/peers", key, cancellationToken);
            yield return new ImportLine { Session = new ImportLine.ImportedSession(sessions[^1], Object(session, "metadata"), Object(session, "configuration"), members) };
        }

        foreach (var session in sessions)
        {
            await foreach (var message in PagesAsync($"{root}/sessions/{Uri.EscapeDataString(session)}/messages/list", key, cancellationToken))
            {
                var said = new ImportLine.ImportedMessage(session, Text(message, "peer_id"), Text(message, "id"), Text(message, "content"), Time(message), Object(message, "metadata"));
                yield return new ImportLine { Message = said };
            }
        }

        await foreach (var told in PagesAsync($"{root}/conclusions/list", key, cancellationToken))
        {
            var session = told.TryGetProperty("session_id", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
            yield return new ImportLine { Conclusion = new ImportLine.ImportedConclusion(Text(told, "id"), Text(told, "observer_id"), Text(told, "observed_id"), Text(told, "content"), session, Time(told)) };
        }

        foreach (var peer in peers)
        {
            if (await CardAsync($"{root}/peers/{Uri.EscapeDataString(peer)}/card", key, cancellationToken) is { Count: > 0 } card)
                yield return new ImportLine { Card = new ImportLine.ImportedCard(peer, peer, card) };
        }
    }

    private async IAsyncEnumerable<JsonElement> PagesAsync(string url, string? key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = 1; ; page++)
        {
            var answer = await SendAsync(HttpMethod.Post, $"{url}?page={page}&size={PageSize}", key, cancellationToken)
                ?? throw new KithException(ErrorCode.NotFound, "The Honcho server does not know this workspace");
            if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
                throw Strange("a page without 'items'");
            foreach (var item in items.EnumerateArray())
                yield return item;
            if (!answer.TryGetProperty("pages", out var pages) || !pages.TryGetInt32(out var last) || page >= last)
                yield break;
        }
    }

    private async Task<IReadOnlyList<string>> MembersAsync(string url, string? key, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        for (var page = 1; ; page++)
        {
            if (await SendAsync(HttpMethod.Get, $"{url}?page={page}&size={PageSize}", key, cancellationToken) is not { ValueKind: JsonValueKind.Object } answer || !answer.TryGetProperty("items", out var items))
                return members;
            members.AddRange(items.EnumerateArray().Select(member => Text(member, "id")));
            if (!answer.TryGetProperty("pages", out var pages) || !pages.TryGetInt32(out var last) || page >= last)
                return members;
        }
    }

    private async Task<IReadOnlyList<string>> CardAsync(string url, string? key, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, url, key, cancellationToken) is { ValueKind: JsonValueKind.Object } answer && answer.TryGetProperty("peer_card", out var card) && card.ValueKind == JsonValueKind.Array
            ? [.. card.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.String).Select(line => line.GetString()!)]
            : [];

    /// <summary>Null when there is nothing of that name.</summary>
    private async Task<JsonElement?> SendAsync(HttpMethod method, string url, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        if (method == HttpMethod.Post)
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            using var response = await _client.SendAsync(request, deadline.Token);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            if (!response.IsSuccessStatusCode)
                throw new KithException(ErrorCode.Invalid, $"The Honcho server answered {(int)response.StatusCode}");
            return JsonBody.Parse(await response.Content.ReadAsByteArrayAsync(deadline.Token));
        }
        catch (SchemaException)
        {
            throw Strange("no JSON");
        }
        catch (HttpRequestException exception)
        {
            throw new KithException(ErrorCode.Invalid, OutgoingHttp.RefusalOf(exception) ?? "The Honcho server cannot be reached");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KithException(ErrorCode.Invalid, "The Honcho server did not answer within a minute");
        }
    }

    private static string Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Strange($"an item without '{name}'");

    private static JsonElement? Object(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static DateTimeOffset? Time(JsonElement item) =>
        item.TryGetProperty("created_at", out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : null;

    private static KithException Strange(string what) => new(ErrorCode.Invalid, $"The server answers like no Honcho v3 server: {what}");
}
