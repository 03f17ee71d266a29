using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Reasoning.Extractive;
using Kith.Core.Storage;

namespace Kith.Core.Porting;

/// <summary>Puts what comes from other systems into the workspace through the same doors as everything else, once each.</summary>
internal sealed class SpokenWriter(IDocumentStore store, Peers peers, Sessions sessions, Messages messages, PeerCards cards, IndexedWrites writes, TimeProvider time)
{
    public async Task WriteAsync(string workspace, IReadOnlyList<ImportLine> lines, ImportReport report, CancellationToken cancellationToken)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            try
            {
                if (lines[i].Message is not null)
                {
                    var run = lines.Skip(i).TakeWhile(line => line.Message?.Session == lines[i].Message!.Session).Take(Limits.MessagesPerCall).Select(line => line.Message!).ToArray();
                    await WriteAsync(workspace, run, report, cancellationToken);
                    i += run.Length - 1;
                    continue;
                }

                if (lines[i].Document is null)
                    Count(report, await WriteAsync(workspace, lines[i], cancellationToken));
            }
            catch (KithException refusal) when (refusal.Code is not ErrorCode.Unavailable)
            {
                report.Refuse(i, refusal.Message);
            }
        }
    }

    private static void Count(ImportReport report, bool isNew)
    {
        report.Imported += isNew ? 1 : 0;
        report.Skipped += isNew ? 0 : 1;
    }

    /// <summary>False when it was there already.</summary>
    private async Task<bool> WriteAsync(string workspace, ImportLine line, CancellationToken cancellationToken)
    {
        if (line.Peer is { } peer)
            return (await peers.GetOrCreateAsync(workspace, peer.Id, peer.Metadata, peer.Configuration, cancellationToken)).Created;
        if (line.Session is { } session)
        {
            var members = session.Peers?.ToDictionary(id => id, _ => MemberSettings.Default);
            return (await sessions.GetOrCreateAsync(workspace, session.Id, session.Metadata, session.Configuration, members, null, cancellationToken)).Created;
        }

        if (line.Card is { } card)
        {
            if (await cards.FindAsync(workspace, card.Observer, card.Observed, cancellationToken) is not null)
                return false;
            await cards.SetAsync(workspace, card.Observer, card.Observed, card.Lines, cancellationToken);
            return true;
        }

        return await WriteAsync(workspace, line.Conclusion!, cancellationToken);
    }

    private async Task WriteAsync(string workspace, IReadOnlyList<ImportLine.ImportedMessage> said, ImportReport report, CancellationToken cancellationToken)
    {
        var session = Partition.Conversation(workspace, said[0].Session);
        var known = await store.QueryAsync(session, new Query("message") { Ids = [.. said.Select(message => message.Id)], Order = QueryOrder.Sequence }, cancellationToken);
        var there = known.Items.Select(document => document.Id).ToHashSet();
        NewMessage[] fresh =
        [
            .. said.DistinctBy(message => message.Id).Where(message => !there.Contains(message.Id)).Select(message => new NewMessage(message.Peer, message.Content)
            {
                Id = message.Id,
                CreatedAt = message.CreatedAt,
                Metadata = message.Metadata,
            }),
        ];
        if (fresh.Length > 0)
            await messages.AppendAsync(workspace, said[0].Session, fresh, cancellationToken);
        report.Imported += fresh.Length;
        report.Skipped += said.Count - fresh.Length;
    }

    private async Task<bool> WriteAsync(string workspace, ImportLine.ImportedConclusion told, CancellationToken cancellationToken)
    {
        await peers.EnsureAsync(workspace, [.. new[] { told.Observer, told.Observed }.Distinct()], cancellationToken);
        var pair = Partition.Memory(workspace, told.Observer, told.Observed);
        var at = told.CreatedAt ?? time.GetUtcNow();
        var conclusion = new Conclusion
        {
            Id = told.Id,
            WorkspaceId = workspace,
            Observer = told.Observer,
            Observed = told.Observed,
            Content = told.Content,
            Level = Levels.Explicit,
            Origin = Origins.Stated,
            SessionId = told.Session,
            CreatedAt = at,
            SaidAt = at,
            Claim = Claim.Of(told.Content)?.Key,
        };
        return (await writes.WriteAsync(pair, PlanAsync, cancellationToken)).Count > 0;

        async Task<IReadOnlyList<IndexedWrites.Change>> PlanAsync() =>
            await store.ReadAsync(pair, told.Id, cancellationToken) is null ? [new IndexedWrites.Change(conclusion)] : [];
    }
}
