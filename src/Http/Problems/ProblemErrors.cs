using System.Text.Json;
using Kith.Core;
using Kith.Http.Hosting;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Kith.Http.Problems;

/// <summary>
/// Errors of Kith's own routes: RFC 9457 problem documents <c>{title, status, detail, code, errors?}</c>. <c>code</c> is stable and names the reason;
/// <c>errors</c> lists everything that is wrong with a request's shape.
/// </summary>
internal static class ProblemErrors
{
    public static Task WriteAsync(HttpResponse response, Exception exception) => exception switch
    {
        SchemaException schema => WriteAsync(response, StatusCodes.Status400BadRequest, "invalid", schema.Errors[0].ToString(), schema.Errors),
        KithException refused => WriteAsync(response, StatusOf(refused), refused.Detail ?? NameOf(refused.Code), refused.Message),
        BadHttpRequestException bad => WriteAsync(response, bad.StatusCode, bad.StatusCode is StatusCodes.Status404NotFound ? NameOf(ErrorCode.NotFound) : NameOf(ErrorCode.Invalid), bad.Message),
        _ => WriteAsync(response, StatusCodes.Status500InternalServerError, "internal", "An unexpected error occurred"),
    };

    private static string NameOf(ErrorCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    private static int StatusOf(KithException refused) => (refused.Code, refused.Detail) switch
    {
        (_, "expired") => StatusCodes.Status410Gone,
        (_, "stale") => StatusCodes.Status412PreconditionFailed,
        (_, "idempotency_key_reused") => StatusCodes.Status422UnprocessableEntity,
        (_, "rate_limited") => StatusCodes.Status429TooManyRequests,
        (_, "too_large") => StatusCodes.Status413PayloadTooLarge,
        (_, "unsupported_media_type") => StatusCodes.Status415UnsupportedMediaType,
        (ErrorCode.NotFound, _) => StatusCodes.Status404NotFound,
        (ErrorCode.Conflict, _) => StatusCodes.Status409Conflict,
        (ErrorCode.Invalid, _) => StatusCodes.Status400BadRequest,
        (ErrorCode.Forbidden, _) => StatusCodes.Status401Unauthorized,
        (ErrorCode.BudgetExceeded, _) => StatusCodes.Status400BadRequest,
        (ErrorCode.Unavailable, _) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task WriteAsync(HttpResponse response, int status, string code, string detail, IReadOnlyList<SchemaError>? errors = null) =>
        ErrorJson.WriteAsync(response, status, "application/problem+json", writer =>
        {
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteString("code", code);
            if (errors is not null)
                ErrorJson.WriteArray(writer, "errors", errors);
        });
}
