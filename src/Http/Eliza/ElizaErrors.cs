using System.Text.Json;
using Kith.Core;
using Kith.Http.Hosting;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Eliza;

/// <summary>
/// The one place that turns refusals into <c>{error: {code, message, timestamp, details?}}</c> (spec eliza-sessions §4). <c>details</c> is text: the clients drop
/// anything else. Nothing says more of the server than that.
/// </summary>
internal static class ElizaErrors
{
    public static Task WriteAsync(HttpResponse response, Exception exception)
    {
        var refusal = Of(exception);
        var now = response.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return ErrorJson.WriteAsync(response, refusal.Status, "application/json", writer =>
        {
            if (refusal.IsOfServer)
                writer.WriteBoolean("success", false);
            writer.WriteStartObject("error");
            writer.WriteString("code", refusal.Code);
            writer.WriteString("message", refusal.Message);
            writer.WriteString("timestamp", WireTime.Of(now));
            if (refusal.Details is not null)
                writer.WriteString("details", refusal.Details);
            writer.WriteEndObject();
        });
    }

    private static Refusal Of(Exception exception) => exception switch
    {
        SchemaException schema => new(400, "VALIDATION_ERROR", "Request body is not valid JSON", Reason(schema.Errors[0])),
        KithException refused => Of(refused),
        BadHttpRequestException { StatusCode: 404 } => new(404, "NOT_FOUND", "API endpoint not found") { IsOfServer = true },
        BadHttpRequestException { StatusCode: 405 } => new(405, "METHOD_NOT_ALLOWED", "Method not allowed") { IsOfServer = true },
        BadHttpRequestException { StatusCode: 413 } => new(413, "PAYLOAD_TOO_LARGE", "Request body too large") { IsOfServer = true },
        BadHttpRequestException bad => new(bad.StatusCode, "BAD_REQUEST", bad.Message) { IsOfServer = true },
        _ => new(500, "INTERNAL_SERVER_ERROR", "An unexpected error occurred"),
    };

    private static Refusal Of(KithException refused) => (refused.Code, refused.Detail) switch
    {
        (_, "expired") => new(410, "SESSION_EXPIRED", refused.Message),
        (_, "spent") => new(400, "SESSION_RENEWAL_FAILED", refused.Message),
        (_, "responder") => new(502, "AGENT_RESPONSE_FAILED", "The message is stored, but the agent did not answer", refused.Message),
        (_, "content_type") => new(400, "INVALID_CONTENT_TYPE", refused.Message) { IsOfServer = true },
        (_, "idempotency_key_reused") => new(422, "IDEMPOTENCY_KEY_REUSED", refused.Message),
        (_, "rate_limited") => new(429, "RATE_LIMIT_EXCEEDED", refused.Message) { IsOfServer = true },
        (_, "budget_exceeded") => new(400, "BUDGET_EXCEEDED", refused.Message),
        (_, "too_large") => new(413, "PAYLOAD_TOO_LARGE", refused.Message),
        (ErrorCode.NotFound, "agent") => new(404, "AGENT_NOT_FOUND", refused.Message),
        (ErrorCode.NotFound, _) => new(404, "SESSION_NOT_FOUND", refused.Message),
        (ErrorCode.Forbidden, _) => new(401, "UNAUTHORIZED", refused.Message) { IsOfServer = true },
        (ErrorCode.Unavailable, _) => new(503, "SERVICE_UNAVAILABLE", refused.Message),
        (ErrorCode.Conflict, _) => new(409, "CONFLICT", refused.Message),
        _ => new(400, "VALIDATION_ERROR", refused.Message),
    };

    private static string? Reason(SchemaError error) => error.Context?["error"]?.GetValueKind() == JsonValueKind.String ? (string?)error.Context["error"] : null;

    private sealed record Refusal(int Status, string Code, string Message, string? Details = null)
    {
        /// <summary>Refused before a session is looked at; these bodies also say <c>success: false</c>.</summary>
        public bool IsOfServer { get; init; }
    }
}
