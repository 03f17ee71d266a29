using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Core.Events;
using Kith.Core.Platforms;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using Kith.Core.Usage;
using Kith.Http.Access;
using Kith.Http.Access.Entra;
using Kith.Http.Agents;
using Kith.Http.Connections;
using Kith.Http.Eliza;
using Kith.Http.Erasures;
using Kith.Http.Events;
using Kith.Http.Honcho;
using Kith.Http.HonchoV2;
using Kith.Http.Hooks;
using Kith.Http.Hooks.Discord;
using Kith.Http.Hooks.Slack;
using Kith.Http.Hooks.Speaking;
using Kith.Http.Hooks.Teams;
using Kith.Http.Hooks.Telegram;
using Kith.Http.Hooks.Twilio;
using Kith.Http.Hooks.WhatsApp;
using Kith.Http.Keys;
using Kith.Http.Limiting;
using Kith.Http.Links;
using Kith.Http.Mcp;
using Kith.Http.Memory;
using Kith.Http.Outgoing;
using Kith.Http.Pages;
using Kith.Http.Porting;
using Kith.Http.Rebuilds;
using Kith.Http.Retries;
using Kith.Http.Secrets;
using Kith.Http.Threads;
using Kith.Http.Work;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kith.Http.Hosting;

/// <summary>Registers the engine and its HTTP door. The host adds the <see cref="IDocumentStore"/> and the <see cref="KithEngine"/>.</summary>
public static class KithRegistration
{
    public static IServiceCollection AddKith(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Add(engine => engine.Workspaces).Add(engine => engine.Peers).Add(engine => engine.Sessions).Add(engine => engine.Scopes);
        services.Add(engine => engine.Claims).Add(engine => engine.RateLimits).Add(engine => engine.Keys).Add(engine => engine.Webhooks).Add(engine => engine.Budgets).Add(engine => engine.Messages).Add(engine => engine.MessageSearch).Add(engine => engine.Conclusions);
        services.Add(engine => engine.PeerCards).Add(engine => engine.Pairs).Add(engine => engine.Representations).Add(engine => engine.Summaries).Add(engine => engine.Dreams);
        services.Add(engine => engine.Threads).Add(engine => engine.ThreadMessages).Add(engine => engine.ThreadLists).Add(engine => engine.ThreadHistories);
        services.Add(engine => engine.ThreadStates).Add(engine => engine.ThreadImports).Add(engine => engine.WorkflowStates);
        services.Add(engine => engine.Contexts).Add(engine => engine.Chats).Add(engine => engine.Queues).Add(engine => engine.Rebuilds).Add(engine => engine.Erasures);
        services.Add(engine => engine.Exports).Add(engine => engine.Imports).AddSingleton<HonchoReader>();
        services.Add(engine => engine.Links).Add(engine => engine.Connections).Add(engine => engine.Inbox);
        services.AddSingleton<IHook, SlackHook>().AddSingleton<IHook, TelegramHook>().AddSingleton<IHook, WhatsAppHook>().AddSingleton<IHook, DiscordHook>().AddSingleton<IHook, TeamsHook>().AddSingleton<IHook, TwilioHook>().AddSingleton<HookTable>().AddSingleton<HookRoutes>();
        services.Add(engine => engine.Agents).Add(engine => engine.AgentSessions).Add(engine => engine.Replier);
        services.Add(engine => engine.FailedSteps).Add(engine => engine.MessageStates).Add(engine => engine.Deliveries);

        services.AddSingleton<ModelUsage>().AddSingleton<UsageHistory>().AddHostedService<UsageWriter>();

        services.AddSingleton(AuthOptions.From(configuration)).AddSingleton(CrossOriginOptions.From(configuration));
        services.AddSingleton(ElizaOptions.From(configuration)).AddSingleton<Uptime>().AddSingleton<IResponder, HttpResponder>();
        services.AddSingleton(SecretOptions.From(configuration)).AddSingleton(provider => provider.GetRequiredService<SecretOptions>().Box());
        services.AddSingleton(WebhookOptions.From(configuration)).AddSingleton<IWebhookSender, HttpWebhookSender>();
        services.AddSingleton(EntraOptions.From(configuration)).AddSingleton<EntraTokens>().AddSingleton<Credentials>();
        services.AddSingleton(provider => new SigningKeys(
            provider.GetRequiredService<EntraOptions>().Keys, new HttpClient { Timeout = TimeSpan.FromSeconds(10) }, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => BotTokens.Of(provider.GetRequiredService<TimeProvider>(), new HttpClient { Timeout = TimeSpan.FromSeconds(10) }));
        services.AddSingleton<IPlatformSender>(provider => new PlatformSender(OutgoingHttp.Client("The platform", allowPrivate: false, PlatformSender.MostAnswerBytes), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Tokens>().AddSingleton<Gate>().AddSingleton(LimitOptions.From(configuration)).AddSingleton<RequestLimits>().AddSingleton<Repetitions>();
        services.AddSingleton<InnerRequests>();
        services.AddRouting();
        // A host in development would answer bad requests otherwise than one in production.
        services.Configure<RouteHandlerOptions>(routing => routing.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter<ReasoningLevel>(JsonNamingPolicy.SnakeCaseLower));
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, HonchoJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, MemoryJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(2, HonchoV2Json.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(3, RebuildJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(4, ThreadsJson.Described);
            json.SerializerOptions.TypeInfoResolverChain.Insert(5, AgentsJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(6, ErasureJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(7, PortingJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(8, KeysJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(9, EventJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(10, WorkJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(11, ConnectionsJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(12, LinksJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(13, McpJson.Default);
        });
        services.AddOpenApi(ApiDocument.Configure);
        return services;
    }

    private static IServiceCollection Add<T>(this IServiceCollection services, Func<KithEngine, T> part)
        where T : class =>
        services.AddSingleton(provider => part(provider.GetRequiredService<KithEngine>()));
}
