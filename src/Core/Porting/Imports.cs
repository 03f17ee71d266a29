using System.Runtime.CompilerServices;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Porting;

/// <summary>Imports as jobs. Every line is read and checked before the job begins, so that a wrong one changes nothing.</summary>
public sealed class Imports
{
    /// <summary>Characters of the texts of one chunk; compressed, it fits a document whatever they are.</summary>
    private const int ChunkCharacters = 512 * 1024;

    private const int ChunkLines = 1_000;

    /// <summary>What an upload that broke off left behind goes by itself.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromDays(2);

    private readonly IDocumentStore _store;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Imports(IDocumentStore store, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _queue = queue;
        _time = time;
    }

    /// <param name="lines">With their number in what was given. What reading them throws ends the import before it begins.</param>
    /// <param name="peer">Read after the last line.</param>
    public async Task<Import> StartAsync(
        string workspace,
        ImportFormat format,
        IAsyncEnumerable<(long Number, ImportLine Line)> lines,
        Func<string?> peer,
        CancellationToken cancellationToken)
    {
        if (!Names.IsValid(workspace))
            throw Errors.BadWorkspaceName(workspace);
        var id = Ids.New();
        var job = Import.PlaceOf(workspace, id);
        var (chunks, total) = (0, 0L);
        try
        {
            await foreach (var (first, chunk) in ChunksAsync(lines, cancellationToken))
            {
                var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(ImportChunk.Of(first, chunk), DocumentJson.Default.ImportChunk);
                await _store.ExecuteAsync(job, [new Operation.Upsert(ImportChunk.IdOf(chunks), body, Wait)], cancellationToken);
                chunks++;
                total += chunk.Count;
            }
        }
        catch (KithException)
        {
            await _store.DeleteAllAsync(_store.AllAsync(job, new Query(ImportChunk.DocumentType), CancellationToken.None), CancellationToken.None);
            throw;
        }

        var now = _time.GetUtcNow();
        var import = new Import
        {
            Id = id,
            WorkspaceId = workspace,
            Format = format,
            Peer = peer(),
            State = ImportState.Running,
            CreatedAt = now,
            DueAt = now,
            ChunksTotal = chunks,
            LinesTotal = total,
        };
        await _store.PutAsync(job, Import.DocumentId, import, DocumentJson.Default.Import, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(job), TimeSpan.Zero, cancellationToken);
        return import;
    }

    /// <summary>Newest first; oldest first when reversed.</summary>
    public Task<Page<Import>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) =>
        _store.PageAsync(Partition.WholeWorkspace(Container.Work, workspace), new Query(Import.DocumentType) { Descending = !paging.Reverse }, paging, DocumentJson.Default.Import, cancellationToken);

    /// <summary>Not found when there is none of that id.</summary>
    public async Task<Import> GetAsync(string workspace, string id, CancellationToken cancellationToken) =>
        (Names.IsValid(id) ? await _store.FindAsync(Import.PlaceOf(workspace, id), Import.DocumentId, DocumentJson.Default.Import, cancellationToken) : null)
        ?? throw new KithException(ErrorCode.NotFound, $"Import {id} not found in workspace {workspace}");

    private static async IAsyncEnumerable<(long First, IReadOnlyList<ImportLine> Lines)> ChunksAsync(
        IAsyncEnumerable<(long Number, ImportLine Line)> lines,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (chunk, characters, first) = (new List<ImportLine>(), 0, 0L);
        await foreach (var (number, line) in lines.WithCancellation(cancellationToken))
        {
            var size = line.Document?.Body.GetRawText().Length ?? (line.Message?.Content.Length ?? 0) + (line.Conclusion?.Content.Length ?? 0);
            // Within a chunk the lines follow each other: their numbers are told from its first.
            if (chunk.Count > 0 && (chunk.Count == ChunkLines || characters + size > ChunkCharacters || number != first + chunk.Count))
            {
                yield return (first, chunk);
                (chunk, characters) = ([], 0);
            }

            if (chunk.Count == 0)
                first = number;
            chunk.Add(line);
            characters += size;
        }

        if (chunk.Count > 0)
            yield return (first, chunk);
    }
}
