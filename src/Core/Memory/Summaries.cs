using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>The running summaries of sessions.</summary>
public sealed class Summaries
{
    private readonly IDocumentStore _store;

    internal Summaries(IDocumentStore store) => _store = store;

    /// <summary>Both null for an unknown session.</summary>
    public async Task<SessionSummaries> FindAsync(string workspace, string session, CancellationToken cancellationToken)
    {
        var page = await _store.QueryAsync(Partition.Conversation(workspace, session), new Query("summary"), cancellationToken);
        var summaries = page.Items.Select(document => document.As(DocumentJson.Default.Summary)).ToDictionary(summary => summary.Kind);
        return new SessionSummaries(summaries.GetValueOrDefault(SummaryKind.Short), summaries.GetValueOrDefault(SummaryKind.Long));
    }

    internal static string IdOf(SummaryKind kind) => $"$summary:{kind}";
}
