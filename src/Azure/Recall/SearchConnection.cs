using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Core.Serialization;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Azure.Search.Documents.Indexes.Models;
using Azure.Search.Documents.Models;
using Kith.Azure.Identity;
using Kith.Core;
using SearchParameters = Azure.Search.Documents.SearchOptions;

namespace Kith.Azure.Recall;

/// <summary>The way to one index: credentials, repetitions, and faults in the core's words.</summary>
internal sealed class SearchConnection
{
    /// <summary>Of one batch (spec packages §3; azure-operations §3).</summary>
    private const int MaxActions = 1_000;

    /// <summary>Up to this share of a wait is added at random, so that callers who were refused together do not return together.</summary>
    private const double Jitter = 0.25;

    private readonly SearchIndexClient _service;
    private readonly SearchClient _documents;
    private readonly SearchOptions _options;
    private readonly TimeProvider _time;

    /// <param name="transport">In place of the network.</param>
    public SearchConnection(SearchOptions options, TimeProvider time, HttpPipelineTransport? transport)
    {
        (_options, _time) = (options, time);
        var client = ClientOptions(options, transport);
        var endpoint = options.Endpoint ?? throw new ArgumentException("There is no endpoint.", nameof(options));
        _service = options.Key is { } key
            ? new SearchIndexClient(endpoint, new AzureKeyCredential(key), client)
            : new SearchIndexClient(endpoint, EntraIdentity.Of(options.ClientId), client);
        _documents = _service.GetSearchClient(options.IndexName);
    }

    public Task CreateAsync(SearchIndex definition, CancellationToken cancellationToken) =>
        CallAsync(() => _service.CreateOrUpdateIndexAsync(definition, cancellationToken: cancellationToken), cancellationToken);

    public Task<List<SearchResult<IndexedEntry>>> SearchAsync(SearchParameters parameters, string? text, CancellationToken cancellationToken) => CallAsync(
        async () =>
        {
            var answer = await _documents.SearchAsync<IndexedEntry>(text, parameters, cancellationToken);
            return await answer.Value.GetResultsAsync().ToListAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Applies every action. Documents that the service cannot take just now are sent again until it does or the repetitions are used up.</summary>
    /// <exception cref="KithException">Some could not be applied; the others are.</exception>
    public async Task ApplyAsync(IEnumerable<IndexDocumentsAction<IndexedEntry>> actions, CancellationToken cancellationToken)
    {
        foreach (var batch in Batches(actions))
            await ApplyAsync(batch, cancellationToken);
    }

    private async Task ApplyAsync(List<IndexDocumentsAction<IndexedEntry>> batch, CancellationToken cancellationToken)
    {
        KithException? refusal = null;
        for (var attempt = 0; batch.Count > 0; attempt++)
        {
            var request = IndexDocumentsBatch.Create([.. batch]);
            var answer = await CallAsync(() => _documents.IndexDocumentsAsync(request, cancellationToken: cancellationToken), cancellationToken);
            var failed = answer.Value.Results.Where(result => !result.Succeeded).ToDictionary(result => result.Key, result => result.Status);
            if (failed.Values.Any(status => !MayPass(status)))
                refusal = SearchFault.Of(failed.Values.First(status => !MayPass(status)));

            batch = [.. batch.Where(action => failed.TryGetValue(action.Document.Key, out var status) && MayPass(status))];
            if (batch.Count == 0)
                break;
            if (attempt == _options.Retries)
                throw SearchFault.Of(failed[batch[0].Document.Key]);
            await WaitAsync(attempt, cancellationToken);
        }

        if (refusal is not null)
            throw refusal;
    }

    /// <summary>Two writers of one document (409), an index that is being changed (422), or too much at once.</summary>
    private static bool MayPass(int status) => status is 409 or 422 or 429 or >= 500;

    private static IEnumerable<List<IndexDocumentsAction<IndexedEntry>>> Batches(IEnumerable<IndexDocumentsAction<IndexedEntry>> actions)
    {
        var batch = new List<IndexDocumentsAction<IndexedEntry>>();
        var bytes = 0;
        foreach (var action in actions)
        {
            var size = BatchSize.AtMost(action.Document);
            if (batch.Count == MaxActions || bytes + size > BatchSize.Limit)
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(action);
            bytes += size;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (IOException) when (attempt < _options.Retries)
            {
                // The client repeats requests, but not one whose answer breaks off while it is read.
                await WaitAsync(attempt, cancellationToken);
            }
            catch (Exception exception) when (SearchFault.Of(exception, cancellationToken) is { } fault)
            {
                throw fault;
            }
        }
    }

    private Task WaitAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(_options.RetryDelay * Math.Pow(2, attempt) * (1 + (Random.Shared.NextDouble() * Jitter)), _time, cancellationToken);

    private static SearchClientOptions ClientOptions(SearchOptions options, HttpPipelineTransport? transport)
    {
        var client = new SearchClientOptions(SearchClientOptions.ServiceVersion.V2023_11_01)
        {
            Serializer = new JsonObjectSerializer(IndexedEntryJson.Default.Options),
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = options.Retries,
                Delay = options.RetryDelay,
                NetworkTimeout = options.AttemptTimeout,
            },
            Diagnostics = { IsLoggingContentEnabled = false },
        };
        if (transport is not null)
            client.Transport = transport;
        return client;
    }
}
