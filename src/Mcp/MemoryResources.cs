using System.Globalization;
using Kith.Client;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kith.Mcp;

/// <summary>Cards of peers and summaries of sessions, by address: <c>kith://peers/{peer}/card</c> and <c>kith://sessions/{session}/summary</c>.</summary>
internal sealed class MemoryResources(KithClient kith)
{
    private const string Root = "kith://", Peers = "peers", Sessions = "sessions", Card = "card", Summary = "summary";
    private const string PlainText = "text/plain";
    private const int PageSize = 50;

    public static ListResourceTemplatesResult Templates { get; } = new()
    {
        ResourceTemplates =
        [
            new() { Name = "card", Title = "Card of a peer", UriTemplate = $"{Root}{Peers}/{{peer}}/{Card}", MimeType = PlainText, Description = "The most important that is known of a peer, line by line." },
            new() { Name = "summary", Title = "Summary of a session", UriTemplate = $"{Root}{Sessions}/{{session}}/{Summary}", MimeType = PlainText, Description = "What a conversation was about." },
        ],
    };

    /// <summary>The cards of all peers, then the summaries of all sessions, page by page. A cursor is a kind and a page.</summary>
    public async ValueTask<ListResourcesResult> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        var (kind, page) = Place(cursor);
        var options = new ListOptions { FirstPage = page, PageSize = PageSize };
        if (kind == Sessions)
        {
            var sessions = await kith.GetSessionsAsync(options, cancellationToken).FirstPageAsync(cancellationToken).ConfigureAwait(false);
            return new() { Resources = [.. sessions.Items.Select(session => Of(Sessions, session.Id, Summary))], NextCursor = page < sessions.Pages ? $"{Sessions}:{page + 1}" : null };
        }

        var peers = await kith.GetPeersAsync(options, cancellationToken).FirstPageAsync(cancellationToken).ConfigureAwait(false);
        return new() { Resources = [.. peers.Items.Select(peer => Of(Peers, peer.Id, Card))], NextCursor = page < peers.Pages ? $"{Peers}:{page + 1}" : $"{Sessions}:1" };
    }

    /// <exception cref="McpException">There is no such resource.</exception>
    public async ValueTask<ReadResourceResult> ReadAsync(string address, CancellationToken cancellationToken)
    {
        var text = Segments(address) switch
        {
            [Peers, var peer, Card] => string.Join('\n', await kith.Peer(peer).GetCardAsync(cancellationToken: cancellationToken).ConfigureAwait(false) ?? []),
            [Sessions, var session, Summary] => await SummaryOfAsync(session, cancellationToken).ConfigureAwait(false),
            _ => throw new McpProtocolException($"There is no resource {address}", McpErrorCode.ResourceNotFound),
        };
        return new() { Contents = [new TextResourceContents { Uri = address, MimeType = PlainText, Text = text }] };
    }

    private async Task<string> SummaryOfAsync(string session, CancellationToken cancellationToken)
    {
        var summaries = await kith.Session(session).GetSummariesAsync(cancellationToken).ConfigureAwait(false);
        return (summaries.LongSummary ?? summaries.ShortSummary)?.Content ?? "";
    }

    private static string[] Segments(string address) => address.StartsWith(Root, StringComparison.Ordinal) ? [.. address[Root.Length..].Split('/').Select(Uri.UnescapeDataString)] : [];

    private static Resource Of(string kind, string id, string what) => new() { Uri = $"{Root}{kind}/{Uri.EscapeDataString(id)}/{what}", Name = $"{what} of {id}", MimeType = PlainText };

    private static (string Kind, int Page) Place(string? cursor) => cursor?.Split(':') switch
    {
        null => (Peers, 1),
        [Peers or Sessions, var number] parts when int.TryParse(number, CultureInfo.InvariantCulture, out var page) && page > 0 => (parts[0], page),
        _ => throw new McpProtocolException("This cursor is none of this server's", McpErrorCode.InvalidParams),
    };
}
