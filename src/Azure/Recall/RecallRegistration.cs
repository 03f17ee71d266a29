using Kith.Core.Recall;
using Kith.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Azure.Recall;

public static class RecallRegistration
{
    /// <summary>Azure AI Search where one is named, otherwise a scan of the document store; both need the host's store, embedder and clock.</summary>
    public static IServiceCollection AddAzureRecall(this IServiceCollection services, SearchOptions options) =>
        services.AddSingleton<IRecallIndex>(provider => options.Endpoint is null
            ? new ScanRecallIndex(provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<IEmbedder>())
            : new SearchRecallIndex(options, provider.GetRequiredService<IEmbedder>(), provider.GetRequiredService<TimeProvider>()));
}
