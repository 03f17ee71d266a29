using Kith.Azure;
using Kith.Azure.Models;
using Kith.Azure.Recall;
using Kith.Azure.Storage;
using Kith.Core.Work;
using Kith.Functions.Work;
using Kith.Http.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Functions;

/// <summary>The engine on Azure's storage behind the triggers of this app.</summary>
internal static class FunctionsRegistration
{
    public static IServiceCollection AddKithFunctions(this IServiceCollection services, IConfigurationManager configuration)
    {
        // Nobody deploys an open API by a setting: without a secret the app is closed.
        configuration["Auth:UseAuth"] = "true";
        services.AddKith(configuration);
        services.AddAzureStorage(CosmosOptions.From(configuration), SearchOptions.From(configuration));
        services.AddModels(ModelOptions.From(configuration));
        services.AddEngine(ownsStore: false);
        services.AddSingleton(QueueOptions.From(configuration)).AddSingleton<IWorkQueue, StorageWorkQueue>();
        return services.AddSingleton<RouteTable>().AddSingleton<WorkStart>().AddSingleton<StepRun>().AddSingleton<Sweep>();
    }
}
