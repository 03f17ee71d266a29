using Kith.Azure;
using Kith.Azure.Models;
using Kith.Azure.Recall;
using Kith.Azure.Storage;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;
using Kith.Http.Secrets;
using Kith.Local.Recall;
using Kith.Local.Storage;
using Kith.Local.Work;

namespace Kith.Local;

/// <summary>What one machine offers instead of Azure: storage, recall, reasoning and background work in this process.</summary>
internal static class LocalRegistration
{
    public static WebApplicationBuilder AddLocal(this WebApplicationBuilder builder, LocalOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        if (SecretOptions.From(builder.Configuration) is { Key: null } unset)
            services.AddSingleton(_ => (unset with { Key = LocalKey.Of(options.DataFolder) }).Box());
        if (options.Storage == LocalStorage.Azure)
            services.AddAzureHere(CosmosOptions.From(builder.Configuration), SearchOptions.From(builder.Configuration));
        else
            services.AddLocalStorage(options);
        services.AddModels(ModelOptions.From(builder.Configuration));
        services.AddSingleton<LocalWorkQueue>().AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<LocalWorkQueue>());
        services.AddEngine(ownsStore: options.Storage == LocalStorage.Local);
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

    /// <summary>Azure's storage, with the search index made at start.</summary>
    private static void AddAzureHere(this IServiceCollection services, CosmosOptions cosmos, SearchOptions search)
    {
        services.AddAzureStorage(cosmos, search);
        if (search.Endpoint is not null)
            services.AddHostedService<SearchIndexCreation>();
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
