using Kith.Core;
using Kith.Core.Platforms;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Kith.Http.Hooks;

/// <summary>
/// Where chat platforms send events. They have no key but a signature of their own: the bytes are read, the signature is checked, and only then anything is looked at.
/// What is told is durable before it is acknowledged; refusals say nothing.
/// </summary>
internal sealed partial class HookRoutes(HookTable hooks, Core.Platforms.Connections connections, Inbox inbox, TimeProvider time, ILogger<HookRoutes> logger)
{
    private const string Path = "/hooks/{platform}/{connection}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (HttpContext context, string platform, string connection, HookRoutes hooks) => hooks.ReceiveAsync(context, platform, connection))
            .Is("receive_event", "Where a chat platform sends events, signed by it", Guard.Open).WithMetadata(ServedClosed.Instance).WithTags("hooks");
        routes.MapGet(Path, (HttpContext context, string platform, string connection, HookRoutes hooks) => hooks.GreetAsync(context, platform, connection))
            .Is("greet", "Where a chat platform asks whether the address is meant", Guard.Open).WithMetadata(ServedClosed.Instance).WithTags("hooks");
    }

    private async Task ReceiveAsync(HttpContext context, string platform, string id)
    {
        var cancellationToken = context.RequestAborted;
        var answer = await FindAsync(platform, id, cancellationToken) is not var (hook, connection) ? Status(StatusCodes.Status404NotFound)
            : await ReadAsync(context.Request, hook.MaxBytes) is not { } body ? Status(StatusCodes.Status413PayloadTooLarge)
            : await AnswerAsync(new HookRequest(context.Request, body, time.GetUtcNow()), hook, connection, cancellationToken);
        await answer.WriteAsync(context.Response);
    }

    private async Task GreetAsync(HttpContext context, string platform, string id)
    {
        var answer = await FindAsync(platform, id, context.RequestAborted) is not var (hook, connection) ? Status(StatusCodes.Status404NotFound)
            : hook.Greet(new HookRequest(context.Request, default, time.GetUtcNow()), connection) ?? Status(StatusCodes.Status405MethodNotAllowed);
        await answer.WriteAsync(context.Response);
    }

    /// <summary>Null where there is nothing to verify events by: no such connection, one of another platform, or one without its secret.</summary>
    private async Task<(IHook Hook, OpenConnection Connection)?> FindAsync(string platform, string id, CancellationToken cancellationToken) =>
        hooks.Find(platform) is { } hook && await connections.OpenAsync(id, cancellationToken) is { CanVerify: true } connection && connection.Platform == hook.Platform
            ? (hook, connection)
            : null;

    private async Task<HookAnswer> AnswerAsync(HookRequest request, IHook hook, OpenConnection connection, CancellationToken cancellationToken)
    {
        var id = connection.Connection.Id;
        try
        {
            if (!await hook.VerifyAsync(request, connection, cancellationToken))
            {
                LogUnproven(hook.Platform.Name, id);
                return Status(StatusCodes.Status401Unauthorized);
            }

            var reading = hook.Read(request, connection);
            foreach (var happened in reading.Events)
                await inbox.TakeAsync(connection, happened, cancellationToken);
            return reading.Answer;
        }
        catch (SchemaException)
        {
            LogUnread(hook.Platform.Name, id);
            return Status(StatusCodes.Status400BadRequest);
        }
        catch (KithException refused)
        {
            LogRefused(hook.Platform.Name, id, refused.Code, refused.Detail);
            return Status(StatusOf(refused));
        }
    }

    /// <summary>What a repetition may cure is asked for again; what it never can is acknowledged, since platforms give up on addresses that refuse.</summary>
    private static int StatusOf(KithException refused) => (refused.Code, refused.Detail) switch
    {
        (_, "too_large") => StatusCodes.Status200OK,
        (ErrorCode.Unavailable or ErrorCode.NotFound, _) => StatusCodes.Status503ServiceUnavailable,
        (ErrorCode.BudgetExceeded, _) => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status200OK,
    };

    /// <summary>Null when there is more than may be.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
            return null;
        var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            if (buffer.Length + read > most)
                return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static HookAnswer Status(int status) => new(status);

    [LoggerMessage(1, LogLevel.Information, "An event for the {Platform} connection {Connection} was not proven")]
    private partial void LogUnproven(string platform, string connection);

    [LoggerMessage(2, LogLevel.Warning, "An event for the {Platform} connection {Connection} is not what the platform sends")]
    private partial void LogUnread(string platform, string connection);

    [LoggerMessage(3, LogLevel.Warning, "An event for the {Platform} connection {Connection} was refused: {Code} {Detail}")]
    private partial void LogRefused(string platform, string connection, ErrorCode code, string? detail);
}
