using Kith.Azure.Models;
using Kith.Azure.Recall;
using Kith.Azure.Storage;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Core.Events;
using Kith.Core.Platforms;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Secrets;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Usage;
using Kith.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Azure;

/// <summary>What hosts on Azure and hosts with parts of Azure register alike.</summary>
public static class AzureRegistration
{
    /// <summary>An append takes seconds; whoever is silent longer between its batches has stopped.</summary>
    private static readonly TimeSpan SharedStagingLease = TimeSpan.FromMinutes(1);

    /// <summary>Documents in Cosmos DB; recall in AI Search where there is one, else by a scan of them.</summary>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, CosmosOptions cosmos, SearchOptions search)
    {
        services.AddSingleton(cosmos).AddSingleton(search);
        services.AddSingleton<CosmosDocumentStore>();
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<CosmosDocumentStore>());
        if (cosmos.Key is not null)
            services.AddHostedService<EmulatorContainers>();
        return services.AddAzureRecall(search);
    }

    /// <summary>Models where one is named, what needs none elsewhere.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services, ModelOptions options)
    {
        services.AddSingleton<IReasoner>(provider => options.ChatModel is null
            ? new ExtractiveReasoner(text => Tokenizer.Count(text))
            : new ModelReasoner(options, provider.GetRequiredService<ModelUsage>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IEmbedder>(provider => options.EmbeddingModel is null
            ? new HashedEmbedder()
            : new ModelEmbedder(options, provider.GetRequiredService<ModelUsage>(), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>The engine on what else is registered.</summary>
    /// <param name="ownsStore">Whether no other process writes to the store.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, bool ownsStore) => services.AddSingleton(provider => new KithEngine(
        provider.GetRequiredService<IDocumentStore>(),
        provider.GetRequiredService<IRecallIndex>(),
        provider.GetRequiredService<IEmbedder>(),
        provider.GetRequiredService<IReasoner>(),
        provider.GetRequiredService<IWorkQueue>(),
        provider.GetRequiredService<TimeProvider>(),
        ownsStore ? TimeSpan.Zero : SharedStagingLease,
        responder: provider.GetRequiredService<IResponder>(),
        webhooks: provider.GetRequiredService<IWebhookSender>(),
        secrets: provider.GetRequiredService<SecretBox>(),
        platforms: provider.GetRequiredService<IPlatformSender>(),
        usage: provider.GetRequiredService<UsageHistory>()));
}
