using System.Text.Json;
using Kith.Client;
using Kith.Core;
using Kith.Http.Access;
using Kith.Http.Access.Entra;
using Kith.Http.Honcho;
using Kith.Http.Hosting;
using Kith.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using KithException = Kith.Core.KithException;

namespace Kith.Http.Mcp;

/// <summary>
/// The Model Context Protocol over streamable HTTP, without sessions: every request stands alone, on whichever instance it arrives. Streams that the server would begin are not
/// offered, so that GET and DELETE are 405, as the protocol has it.
/// </summary>
internal static class McpRoutes
{
    public const string Door = "/mcp";

    private const string UsualWorkspace = "default", UsualPeer = "user";
    private const string EventStream = "text/event-stream";

    /// <summary>Azure's front end cuts a request after 230 seconds.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(228);

    public static void MapMcp(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Door, Answer).AddEndpointFilter(Gate.FilterAsync).WithTags("mcp")
            .Is("mcp", "The Model Context Protocol: a message in JSON-RPC, and what there is to say to it as events", Guard.Self).OnlyReads().MayRead<JsonElement>().Query("string", "workspace", "peer");
        routes.MapGet(ResourceMetadata.Path, Metadata).Is("protected_resource", "Who issues tokens for this server (RFC 9728)", Guard.Open).ExcludeFromDescription();
        routes.MapGet(ResourceMetadata.Path + Door, Metadata).Is("protected_resource_mcp", "Who issues tokens for the Model Context Protocol here (RFC 9728)", Guard.Open).ExcludeFromDescription();
    }

    private static IResult Metadata(HttpContext context, EntraOptions entra) => Reply.Json(ResourceMetadata.Of(context.Request, entra), McpJson.Relaxed);

    private static IResult Answer(ApiRequest request, InnerRequests inner)
    {
        if (!request.Context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase) || accepted.MatchesAllTypes))
            throw new BadHttpRequestException($"The answer comes as {EventStream}: Accept has to name it", StatusCodes.Status406NotAcceptable);
        var options = new KithClientOptions
        {
            WorkspaceId = request.QueryText("workspace") ?? request.Caller.Workspace ?? UsualWorkspace,
            ApiKey = TokenOf(request.Context.Request),
            Timeout = Longest,
            MaxRetries = 0,
        };
        var peer = request.QueryText("peer") ?? request.Caller.Peer ?? UsualPeer;
        request.Check();
        try
        {
            return new Exchange(MessageOf(request), new KithClient(inner.Client(), options), new PeerId(peer).Value);
        }
        catch (ArgumentException bad)
        {
            throw new KithException(ErrorCode.Invalid, bad.Message);
        }
    }

    private static JsonRpcMessage MessageOf(ApiRequest request)
    {
        try
        {
            return request.Body?.Deserialize(McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage))) as JsonRpcMessage ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new KithException(ErrorCode.Invalid, "The body is no message in JSON-RPC 2.0");
        }
    }

    private static string? TokenOf(HttpRequest request) => request.Headers.Authorization.ToString() is { Length: > 0 } header ? header.Split(' ', 2)[^1].Trim() : null;

    private sealed class Exchange(JsonRpcMessage message, KithClient kith, string peer) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            var cancellationToken = context.RequestAborted;
            await using var transport = new StreamableHttpServerTransport { Stateless = true };
            await using var server = MemoryServer.Create(transport, kith, peer);
            var running = server.RunAsync(CancellationToken.None);
            context.Response.ContentType = EventStream;
            context.Response.Headers.CacheControl = "no-cache";
            try
            {
                if (!await transport.HandlePostRequestAsync(message, context.Response.Body, cancellationToken))
                {
                    // A notification: there is nothing to say to it.
                    context.Response.ContentType = null;
                    context.Response.StatusCode = StatusCodes.Status202Accepted;
                }
            }
            catch (Exception bad) when (bad is JsonException or FormatException && !context.Response.HasStarted)
            {
                throw new KithException(ErrorCode.Invalid, "The parameters of the message do not have their shape");
            }
            finally
            {
                await transport.DisposeAsync();
            }

            await running;
        }
    }
}
