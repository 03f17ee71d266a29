using Kith.Core;
using Kith.Core.Porting;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Porting.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Porting;

/// <summary>A workspace as lines of JSON, and what brings such lines, or what other systems know, into one.</summary>
internal static class PortingRoutes
{
    private static readonly Dictionary<string, ImportFormat> Formats =
        new[] { ImportFormat.Kith, ImportFormat.Mem0, ImportFormat.ChatGpt }.ToDictionary(Wire.Import.Name);

    public static void MapPorting(this IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/v1/workspaces/{workspace}").AddEndpointFilter(Gate.FilterAsync).WithTags("porting");
        workspace.MapGet("/export", ExportAsync).Is("export", "Everything of a workspace, or of a peer, as lines of JSON", Guard.Workspace)
            .Query("string", "peer", "cursor").Query("integer", "limit").Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson");

        var imports = workspace.MapGroup("/imports");
        imports.MapPost("", ImportAsync).Is("start_import", "Import a Kith export, memories of mem0, or ChatGPT's conversations.json", Guard.Workspace)
            .Query("string", "format", "user", "assistant").WithMetadata(new BodySize()).Answers<Wire.Import>(202);
        imports.MapPost("/honcho", ReadHonchoAsync).Is("import_honcho", "Read a workspace of a Honcho v3 server and import it", Guard.Workspace).Reads<HonchoSource>().Answers<Wire.Import>(202);
        imports.MapGet("", ListAsync).Is("list_imports", "The imports of a workspace, newest first", Guard.Workspace).Paged().Answers<Honcho.Wire.Page<Wire.Import>>(200);
        imports.MapGet("/{import}", FindAsync).Is("get_import", "How far an import is, and its report", Guard.Workspace).Answers<Wire.Import>(200);
    }

    private static async Task<IResult> ExportAsync(ApiRequest request, string workspace, Exports exports)
    {
        var limit = request.Query("limit").Integer(min: 1);
        var (peer, cursor) = (request.QueryText("peer"), request.QueryText("cursor"));
        request.Check();
        var lines = await exports.OpenAsync(workspace, peer, cursor, request.Aborted);
        return Results.Stream(body => WriteAsync(body, lines, limit, request.Aborted), "application/x-ndjson");
    }

    /// <summary>With a limit it ends with the first cursor behind so many lines.</summary>
    private static async Task WriteAsync(Stream body, IAsyncEnumerable<ReadOnlyMemory<byte>> lines, int? limit, CancellationToken cancellationToken)
    {
        var written = 0;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            await body.WriteAsync(line, cancellationToken);
            if (++written >= limit && line.Span.StartsWith("{\"cursor\":"u8))
                break;
        }
    }

    private static async Task<IResult> ImportAsync(ApiRequest request, string workspace, Imports imports)
    {
        var format = request.Query("format").OneOf("enum", [.. Formats.Keys]) ?? "kith";
        var (user, assistant) = (request.QueryText("user") ?? "user", request.QueryText("assistant") ?? "chatgpt");
        request.Check();
        var body = request.Context.Request.Body;
        if (Formats[format] == ImportFormat.Kith)
        {
            var reader = new PortableReader(workspace);
            return Accepted(request, workspace, await imports.StartAsync(workspace, ImportFormat.Kith, ImportBody.LinesAsync(body, reader, request.Aborted), () => reader.Peer, request.Aborted));
        }

        if (!Names.IsValid(user) || !Names.IsValid(assistant) || user == assistant)
            throw new KithException(ErrorCode.Invalid, "'user' and 'assistant' are two names of peers");
        var root = await ImportBody.JsonAsync(body, request.Aborted);
        var lines = Formats[format] == ImportFormat.Mem0 ? Mem0Reader.Read(root) : ChatGptReader.Read(root, user, assistant);
        return Accepted(request, workspace, await imports.StartAsync(workspace, Formats[format], ImportBody.Numbered(lines), () => null, request.Aborted));
    }

    private static async Task<IResult> ReadHonchoAsync(ApiRequest request, string workspace, Imports imports, HonchoReader reader)
    {
        var source = request.Read(HonchoSource.Read);
        var lines = reader.ReadAsync(source, source.Workspace ?? workspace, request.Aborted);
        return Accepted(request, workspace, await imports.StartAsync(workspace, ImportFormat.Honcho, lines, () => null, request.Aborted));
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Imports imports)
    {
        var paging = request.Paging();
        request.Check();
        var page = await imports.ListAsync(workspace, paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Wire.Import>.Of(page, paging, Wire.Import.Of), PortingJson.Relaxed);
    }

    private static async Task<IResult> FindAsync(ApiRequest request, string workspace, string import, Imports imports) =>
        Reply.Json(Wire.Import.Of(await imports.GetAsync(workspace, import, request.Aborted)), PortingJson.Relaxed);

    private static IResult Accepted(ApiRequest request, string workspace, Import import)
    {
        request.Context.Response.Headers.Location = $"/v1/workspaces/{workspace}/imports/{import.Id}";
        return Reply.Json(Wire.Import.Of(import), PortingJson.Relaxed, StatusCodes.Status202Accepted);
    }
}
