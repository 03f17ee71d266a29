using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Porting;

/// <summary>Runs imports, a chunk at a time. What is there already is skipped, so each chunk may be repeated; the cursor moves after it.</summary>
internal sealed class Importer(IDocumentStore store, PortableWriter documents, SpokenWriter spoken, Workspaces workspaces, TimeProvider time)
{
    public async Task RunAsync(Partition job, CancellationToken cancellationToken)
    {
        var import = await store.FindAsync(job, Import.DocumentId, DocumentJson.Default.Import, cancellationToken);
        if (import is null || import.HasEnded)
            return;
        if (await workspaces.FindAsync(import.WorkspaceId, cancellationToken) is { Deleting: true })
        {
            await FailAsync(job, "The workspace was deleted.", cancellationToken);
            return;
        }

        var next = import.ChunksDone < import.ChunksTotal ? await ApplyAsync(job, import, cancellationToken) : await FinishAsync(job, import, cancellationToken);
        await store.ChangeAsync(
            job,
            Import.DocumentId,
            DocumentJson.Default.Import,
            current => current is { HasEnded: false } && current.ChunksDone == import.ChunksDone ? next : current,
            cancellationToken);
    }

    public Task FailAsync(Partition job, string reason, CancellationToken cancellationToken) => store.ChangeAsync(
        job,
        Import.DocumentId,
        DocumentJson.Default.Import,
        current => current is null or { HasEnded: true } ? current : current with { State = ImportState.Failed, Reason = reason, FinishedAt = time.GetUtcNow(), DueAt = null },
        cancellationToken);

    private async Task<Import> ApplyAsync(Partition job, Import import, CancellationToken cancellationToken)
    {
        var chunk = await store.FindAsync(job, ImportChunk.IdOf(import.ChunksDone), DocumentJson.Default.ImportChunk, cancellationToken)
            ?? throw new KithException(ErrorCode.Conflict, "A part of the import was waiting for too long and is gone; import again.");
        var lines = chunk.Read();
        var report = new ImportReport(chunk.First);
        await documents.WriteAsync(import.WorkspaceId, lines, report, cancellationToken);
        await spoken.WriteAsync(import.WorkspaceId, lines, report, cancellationToken);
        return import with
        {
            ChunksDone = import.ChunksDone + 1,
            Imported = import.Imported + report.Imported,
            Skipped = import.Skipped + report.Skipped,
            Refused = import.Refused + report.Refusals.Count,
            Refusals = [.. import.Refusals.Concat(report.Refusals).Take(Import.MostRefusals)],
        };
    }

    private async Task<Import> FinishAsync(Partition job, Import import, CancellationToken cancellationToken)
    {
        if (import.Peer is not null)
            await documents.MakeHeadsAsync(import.WorkspaceId, cancellationToken);
        await store.DeleteAllAsync(store.AllAsync(job, new Query(ImportChunk.DocumentType), cancellationToken), cancellationToken);
        return import with { State = ImportState.Completed, FinishedAt = time.GetUtcNow(), DueAt = null };
    }
}
