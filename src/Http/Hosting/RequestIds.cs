using Kith.Core;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Hosting;

/// <summary>Names every request, in its answer's <c>X-Request-Id</c> and in what is logged of it: as the caller did, or anew where that cannot be logged safely.</summary>
internal sealed class RequestIds(RequestDelegate next)
{
    public const string Header = "X-Request-Id";

    private const int MostCharacters = 128;

    public Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        var id = context.TraceIdentifier = IsUsable(given) ? given : Ids.New();
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = id;
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static bool IsUsable(string id) => id.Length is > 0 and <= MostCharacters && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
