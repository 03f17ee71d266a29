using Kith.Core;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Kith.Http.Hosting;

/// <summary>The edge of the HTTP pipeline: every exception and every empty refusal of the router becomes a body here, and only here.</summary>
internal sealed partial class ErrorBodies(RequestDelegate next, ILogger<ErrorBodies> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response is { ContentType: null, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed })
                await ErrorDialects.WriteAsync(context, new BadHttpRequestException(ReasonPhrases.GetReasonPhrase(context.Response.StatusCode), context.Response.StatusCode));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away: nobody is left to be answered, and nothing is wrong.
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (exception is not (KithException or SchemaException or BadHttpRequestException))
            LogUnexpected(context.TraceIdentifier, exception.GetType().FullName!, exception.StackTrace);
        if (context.Response.HasStarted)
        {
            // A cut connection is the only way left to say that the answer is not complete.
            LogCut(context.TraceIdentifier, exception.GetType().FullName!);
            context.Abort();
            return;
        }

        context.Response.Clear();
        await ErrorDialects.WriteAsync(context, exception);
    }

    [LoggerMessage(1, LogLevel.Error, "Request {Request} met an unexpected {Exception}\n{StackTrace}")]
    private partial void LogUnexpected(string request, string exception, string? stackTrace);

    [LoggerMessage(2, LogLevel.Warning, "The answer to request {Request} was cut short by {Exception}")]
    private partial void LogCut(string request, string exception);
}
