using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Honcho;

/// <summary>Answers in the protocol's JSON, with a length and without a charset.</summary>
internal static class Reply
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => new JsonReply<T>(value, status, HonchoJson.Relaxed);

    /// <summary>In the JSON of another door.</summary>
    public static IResult Json<T>(T value, JsonSerializerContext json, int status = StatusCodes.Status200OK) => new JsonReply<T>(value, status, json);

    /// <summary>Get-or-create: 200 when it existed.</summary>
    public static IResult Created<T>(T value, bool created, Dialect dialect) => Json(value, created ? dialect.Created : StatusCodes.Status200OK);

    public static IResult Nothing { get; } = new EmptyReply();

    private sealed class JsonReply<T>(T value, int status, JsonSerializerContext json) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), json);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        }
    }

    private sealed class EmptyReply : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.ContentType = "application/json";
            return Task.CompletedTask;
        }
    }
}
