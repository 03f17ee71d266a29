using System.Text.Json;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Core.Claiming;
using Kith.Http.Access;
using Kith.Http.Retries;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Eliza;

/// <summary>What a handler gets of a request besides its path: the workspace that the key stands for, and the body, read after the gate has let the request pass.</summary>
internal sealed class ElizaRequest(HttpContext context, ElizaOptions options)
{
    private Task<JsonElement?>? _body;

    public const string WorkspaceHeader = "X-Kith-Workspace";

    public HttpContext Context => context;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The key's; callers whose key names none may choose one by header.</summary>
    public string Workspace
    {
        get
        {
            var own = Caller.Workspace;
            var asked = context.Request.Headers[WorkspaceHeader].ToString();
            if (asked.Length == 0)
                return own ?? options.Workspace;
            if (own is not null && own != asked)
                throw new KithException(ErrorCode.Forbidden, Gate.NotPermitted);
            return Names.IsValid(asked) ? asked : throw new KithException(ErrorCode.Invalid, $"{WorkspaceHeader} must match pattern {Names.Pattern}");
        }
    }

    /// <summary>The only user whose sessions the key sees; null when it sees everybody's.</summary>
    public string? User => Caller is { IsAdmin: false, Session: null } ? Caller.Peer : null;

    private Caller Caller => context.Features.GetRequiredFeature<Caller>();

    public static ValueTask<ElizaRequest> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new ElizaRequest(context, context.RequestServices.GetRequiredService<ElizaOptions>()));

    /// <summary>Null when there is no body.</summary>
    public Task<JsonElement?> BodyAsync() => _body ??= ReadBodyAsync();

    /// <summary>What makes a repetition of this request known as one; null when the caller asked for nothing like it.</summary>
    public async Task<RequestClaim?> ClaimAsync() =>
        context.Features.Get<Repeatable>() is { } repeatable ? repeatable.Claim(CanonicalHash.Of(context.Request.QueryString.Value ?? "", await BodyAsync()).Hash) : null;

    private async Task<JsonElement?> ReadBodyAsync()
    {
        var request = context.Request;
        if ((request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0) && !request.HasJsonContentType())
            throw new KithException(ErrorCode.Invalid, "Invalid or missing Content-Type header") { Detail = "content_type" };
        return await JsonBody.ReadAsync(request);
    }

    /// <summary>The path's session, as far as the key sees it.</summary>
    public AgentSessionAddress AddressOf(string session) => new(Workspace, Uuids.Read(session) ?? session, User);
}
