using Kith.Azure.Models;
using Kith.Azure.Recall;
using Kith.Azure.Storage;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Core.Events;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Usage;
using Kith.Local.Recall;
using Kith.Local.Storage;
using Kith.Local.Work;

namespace Kith.Local;

/// <summary>What one machine offers instead of Azure: storage, recall, reasoning and background work in this process.</summary>
internal static class LocalRegistration
{
    /// <summary>An append takes seconds; whoever is silent longer between its batches has stopped.</summary>
    private static readonly TimeSpan SharedStagingLease = TimeSpan.FromMinutes(1);

    public static WebApplicationBuilder AddLocal(this WebApplicationBuilder builder, LocalOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        if (options.Storage == LocalStorage.Azure)
            services.AddAzureStorage(CosmosOptions.From(builder.Configuration), SearchOptions.From(builder.Configuration));
        else
            services.AddLocalStorage(options);
        services.AddModels(ModelOptions.From(builder.Configuration));
        services.AddSingleton<LocalWorkQueue>();
        services.AddSingleton(provider => new KithEngine(
            provider.GetRequiredService<IDocumentStore>(),
            provider.GetRequiredService<IRecallIndex>(),
            provider.GetRequiredService<IEmbedder>(),
            provider.GetRequiredService<IReasoner>(),
            provider.GetRequiredService<LocalWorkQueue>(),
            provider.GetRequiredService<TimeProvider>(),
            stagingLease: options.Storage == LocalStorage.Azure ? SharedStagingLease : TimeSpan.Zero,
            responder: provider.GetRequiredService<IResponder>(),
            webhooks: provider.GetRequiredService<IWebhookSender>()));
        services.AddHostedService<LocalWorker>();
        return builder;
    }

    /// <summary>Documents and recall in the data folder.</summary>
    private static void AddLocalStorage(this IServiceCollection services, LocalOptions options)
    {
        services.AddSingleton(provider => new SqliteDocumentStore(options.DataFolder, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<SqliteDocumentStore>());
        services.AddSingleton<IRecallIndex, LocalRecallIndex>();
    }

    /// <summary>Documents in Cosmos DB; recall in AI Search where there is one, else by a scan of them.</summary>
    private static void AddAzureStorage(this IServiceCollection services, CosmosOptions cosmos, SearchOptions search)
    {
        services.AddSingleton(cosmos);
        services.AddSingleton(search);
        services.AddSingleton<CosmosDocumentStore>();
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<CosmosDocumentStore>());
        if (cosmos.Key is not null)
            services.AddHostedService<EmulatorContainers>();

        if (search.Endpoint is null)
        {
            services.AddSingleton<IRecallIndex, ScanRecallIndex>();
            return;
        }
        services.AddSingleton<SearchRecallIndex>();
        services.AddSingleton<IRecallIndex>(provider => provider.GetRequiredService<SearchRecallIndex>());
        services.AddHostedService<SearchIndexCreation>();
    }

    /// <summary>Models where one is named, what needs none elsewhere.</summary>
    private static void AddModels(this IServiceCollection services, ModelOptions options)
    {
        services.AddSingleton<IReasoner>(provider => options.ChatModel is null
            ? new ExtractiveReasoner(text => Tokenizer.Count(text))
            : new ModelReasoner(options, provider.GetRequiredService<ModelUsage>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IEmbedder>(provider => options.EmbeddingModel is null
            ? new HashedEmbedder()
            : new ModelEmbedder(options, provider.GetRequiredService<ModelUsage>(), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Warnings and errors only: what a user needs to know at start is printed in plain lines.</summary>
    public static WebApplicationBuilder Quieten(this WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // An address in use is said in one line by Program, not in two stack traces.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return builder;
    }
}
