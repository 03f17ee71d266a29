using Kith.Core;
using Kith.Http.Hosting;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Honcho;

/// <summary>The one place that turns refusals and failures into Honcho's statuses and <c>detail</c> bodies (spec honcho-api §1.1).</summary>
internal static class HonchoErrors
{
    private const string MediaType = "application/json";

    public static Task WriteAsync(HttpResponse response, Exception exception) => exception switch
    {
        SchemaException schema => ErrorJson.WriteAsync(response, StatusCodes.Status422UnprocessableEntity, MediaType, writer => ErrorJson.WriteArray(writer, "detail", schema.Errors)),
        KithException refused => WriteAsync(response, StatusOf(refused), refused.Message),
        BadHttpRequestException bad => WriteAsync(response, bad.StatusCode, bad.Message),
        _ => WriteAsync(response, StatusCodes.Status500InternalServerError, "An unexpected error occurred"),
    };

    private static int StatusOf(KithException exception) => (exception.Code, exception.Detail) switch
    {
        (_, "idempotency_key_reused") => StatusCodes.Status422UnprocessableEntity,
        (_, "rate_limited") => StatusCodes.Status429TooManyRequests,
        (_, "too_large") => StatusCodes.Status413PayloadTooLarge,
        (_, "unsupported_media_type") => StatusCodes.Status415UnsupportedMediaType,
        (_, "disabled") => StatusCodes.Status405MethodNotAllowed,
        (ErrorCode.NotFound, _) => StatusCodes.Status404NotFound,
        (ErrorCode.Conflict, _) => StatusCodes.Status409Conflict,
        (ErrorCode.Invalid, _) => StatusCodes.Status422UnprocessableEntity,
        (ErrorCode.Forbidden, _) => StatusCodes.Status401Unauthorized,
        (ErrorCode.BudgetExceeded, _) => StatusCodes.Status400BadRequest,
        (ErrorCode.Unavailable, _) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task WriteAsync(HttpResponse response, int status, string detail) =>
        ErrorJson.WriteAsync(response, status, MediaType, writer => writer.WriteString("detail", detail));
}
