using Kith.Core;
using Kith.Core.Claiming;
using Kith.Core.Directory;
using Kith.Core.Storage;
using Kith.Http.Access;
using Kith.Http.Eliza;
using Kith.Http.Honcho;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Retries;

/// <summary>
/// Requests that come again: by their Idempotency-Key, or, within a time that the workspace sets, by what they ask for. They get the first answer and have no
/// second effect. Appends take their claim into their own batch; for every other POST, and for a PUT or PATCH that has a key, it is taken here before the handler runs.
/// </summary>
internal sealed class Repetitions(Claims claims, Workspaces workspaces)
{
    public const string Header = "Idempotency-Key";

    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    public async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, Caller caller, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!MayRepeat(context.Request))
            return await next(invocation);

        var workspace = WorkspaceOf(invocation, caller);
        if (await RepeatableAsync(context, caller, workspace) is not { } repeatable)
            return await next(invocation);

        if (context.GetEndpoint()!.Metadata.GetMetadata<AppendsMetadata>() is not null)
        {
            context.Features.Set(repeatable);
            return await next(invocation);
        }

        var asked = await HashAsync(invocation);
        var claim = repeatable.Claim(asked.Hash);
        var secret = context.Request.Headers[Header].ToString() + asked.Secret;
        return await TakeAsync(context, workspace, claim) is { } kept
            ? KeptAnswer.Open(kept, secret)
            : await CarryOutAsync(invocation, next, workspace, claim, secret);
    }

    /// <summary>What sets something is the same when it is done twice, unless it was done for a version or makes something new: those who send such a thing give it a key.</summary>
    private static bool MayRepeat(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) || ((HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method)) && request.Headers.ContainsKey(Header));

    private async Task<byte[]?> TakeAsync(HttpContext context, string workspace, RequestClaim claim)
    {
        try
        {
            return await claims.TakeAsync(workspace, claim, context.RequestAborted);
        }
        catch (KithException busy) when (busy.Detail == Claims.InProgress)
        {
            // At the last moment: error bodies start over.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.RetryAfter = "1";
                return Task.CompletedTask;
            });
            throw;
        }
    }

    private async Task<IResult> CarryOutAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next, string workspace, RequestClaim claim, string secret)
    {
        var context = invocation.HttpContext;
        var (client, aborted) = (context.Response.Body, context.RequestAborted);
        var recorded = new RecordedBody(client, Claims.MostAnswerBytes);
        var isDone = false;
        context.Response.Body = recorded;
        // What was begun is brought to its end, whether or not somebody waits for it: whoever gave up asks again.
        if (!IsRead(context))
            context.RequestAborted = CancellationToken.None;
        try
        {
            await ((IResult)(await next(invocation))!).ExecuteAsync(context);
            isDone = true;
        }
        finally
        {
            context.Response.Body = client;
            context.RequestAborted = aborted;
            if (!isDone)
                await claims.ReleaseAsync(workspace, claim, CancellationToken.None);
        }

        await claims.KeepAsync(workspace, claim, Sealed(context.Response, recorded.Kept, secret), CancellationToken.None);
        await recorded.SendAsync(aborted);
        return Results.Empty;
    }

    private static byte[]? Sealed(HttpResponse response, byte[]? body, string secret) => body is null
        ? null
        : new KeptAnswer(response.StatusCode, response.ContentType, Some(response.Headers.Location), Some(response.Headers.ETag), body).Seal(secret);

    private static string? Some(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();

    private static bool IsRead(HttpContext context) => context.GetEndpoint()!.Metadata.GetMetadata<OnlyReadsMetadata>() is not null;

    /// <summary>Null when a repetition of this request is a request like any other.</summary>
    private async ValueTask<Repeatable?> RepeatableAsync(HttpContext context, Caller caller, string workspace)
    {
        var request = context.Request;
        string[] route = [caller.Id, .. HttpMethods.IsPost(request.Method) ? [] : new[] { request.Method }, request.Path.Value!.TrimEnd('/')];
        if (request.Headers.TryGetValue(Header, out var keys))
        {
            return keys is [{ Length: > 0 and <= Limits.IdempotencyKeyCharacters } key]
                ? new Repeatable(Ids.Of(["key", .. route, key]), Memory, HasKey: true)
                : throw new KithException(ErrorCode.Invalid, $"An {Header} has 1 to {Limits.IdempotencyKeyCharacters} characters, and a request has one");
        }

        if (IsRead(context) || !Names.IsValid(workspace))
            return null;
        var window = (await workspaces.RecentSettingsAsync(workspace, context.RequestAborted)).DedupeWindowSeconds;
        return window == 0 ? null : new Repeatable(Ids.Of(["window", .. route]), TimeSpan.FromSeconds(window), HasKey: false);
    }

    private static string WorkspaceOf(EndpointFilterInvocationContext invocation, Caller caller) =>
        (string?)invocation.HttpContext.Request.RouteValues.GetValueOrDefault("workspace") is { } named
            ? Names.IsValid(named) ? named : Partition.SystemWorkspace
            : invocation.Arguments.OfType<ElizaRequest>().FirstOrDefault()?.Workspace ?? caller.Workspace ?? Partition.SystemWorkspace;

    private static async Task<CanonicalHash> HashAsync(EndpointFilterInvocationContext invocation)
    {
        var request = invocation.HttpContext.Request;
        var query = request.QueryString.Value ?? "";
        if (invocation.Arguments.OfType<ApiRequest>().FirstOrDefault() is { } api)
            return CanonicalHash.Of(query, api.Body);
        if (invocation.Arguments.OfType<ElizaRequest>().FirstOrDefault() is { } eliza)
            return CanonicalHash.Of(query, await eliza.BodyAsync());

        var bytes = await JsonBody.ReadBytesAsync(request);
        request.Body = new MemoryStream(bytes.ToArray());
        return CanonicalHash.Of(query, bytes.Span);
    }
}
