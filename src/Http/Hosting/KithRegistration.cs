using Kith.Core.Answers;
using Kith.Core.Context;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Work;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Pages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kith.Http.Hosting;

/// <summary>Registers the engine and its HTTP door. The host adds the ports: store, index, reasoner, embedder, queue.</summary>
public static class KithRegistration
{
    public static IServiceCollection AddKith(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Workspaces>().AddSingleton<Peers>().AddSingleton<Sessions>().AddSingleton<Scopes>().AddSingleton<Webhooks>();
        services.AddSingleton<Messages>().AddSingleton<MessageSearch>().AddSingleton<Conclusions>().AddSingleton<PeerCards>();
        services.AddSingleton<Representations>().AddSingleton<Summaries>().AddSingleton<Dreams>().AddSingleton<Contexts>();
        services.AddSingleton<Chats>().AddSingleton<Queues>();

        services.AddSingleton(AuthOptions.From(configuration)).AddSingleton(CrossOriginOptions.From(configuration));
        services.AddSingleton<Tokens>().AddSingleton<Gate>();
        services.AddRouting();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, HonchoJson.Default);
        });
        services.AddOpenApi(ApiDocument.Configure);
        return services;
    }
}
