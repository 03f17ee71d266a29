using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Hooks;

/// <summary>What a platform is answered.</summary>
/// <param name="Body">Null for none.</param>
internal sealed record HookAnswer(int Status, string? ContentType = null, byte[]? Body = null)
{
    public static HookAnswer Ok { get; } = new(StatusCodes.Status200OK);

    public static HookAnswer Text(string text) => new(StatusCodes.Status200OK, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static HookAnswer Json(JsonObject json) => new(StatusCodes.Status200OK, "application/json", Encoding.UTF8.GetBytes(json.ToJsonString()));

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body?.Length ?? 0;
        if (Body is null)
            await response.StartAsync(response.HttpContext.RequestAborted);
        else
            await response.Body.WriteAsync(Body, response.HttpContext.RequestAborted);
    }
}
