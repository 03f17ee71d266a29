using System.Text.Json;
using Kith.Core;
using Kith.Core.Threads;
using Kith.Http.Honcho;
using Kith.Http.Schema;
using Kith.Http.Threads.Requests;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Threads;

/// <summary>Takes threads over one by one: what is wrong with one of them says nothing about the others.</summary>
internal static class ImportRoute
{
    private const int MaxDocuments = 1_000;

    public static async Task<IResult> ImportAsync(ApiRequest request, string workspace, ThreadImports imports)
    {
        var documents = request.Read(body => body.List(document => (JsonElement?)document.Value, 1, MaxDocuments));
        var (imported, skipped, failed) = (new List<string>(), new List<Wire.ImportReport.Refusal>(), new List<Wire.ImportReport.Refusal>());
        foreach (var (index, document) in documents.Index())
        {
            try
            {
                var thread = Read(document!.Value, index);
                await imports.ImportAsync(workspace, thread, request.Aborted);
                imported.Add(thread.Thread.Id!);
            }
            catch (SchemaException wrong)
            {
                failed.Add(new Wire.ImportReport.Refusal(index, IdOf(document!.Value), wrong.Errors[0].ToString()));
            }
            catch (KithException refusal) when (refusal.Code is not ErrorCode.Unavailable)
            {
                (refusal.Code == ErrorCode.Conflict ? skipped : failed).Add(new Wire.ImportReport.Refusal(index, IdOf(document!.Value), refusal.Message));
            }
        }

        return Reply.Json(new Wire.ImportReport(imported, skipped, failed), ThreadsJson.Relaxed);
    }

    private static ImportedThread Read(JsonElement document, int index)
    {
        var errors = new SchemaErrors();
        var read = ThreadDocument.Read(new Input(document, Location.Body.At(index), errors));
        errors.ThrowIfAny();
        return read!.ToImport();
    }

    private static string? IdOf(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && (document.TryGetProperty("thread_id", out var id) || document.TryGetProperty("threadId", out id)) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;
}
