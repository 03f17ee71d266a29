using System.Text.Json;
using Kith.Core;
using Kith.Core.Conversations;
using Kith.Core.Files;
using Kith.Http.Hosting;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kith.Http.Honcho.Requests;

/// <summary>An uploaded file that becomes messages (spec honcho-api §9.9).</summary>
internal sealed record Upload(IReadOnlyList<string> Contents, string PeerId, JsonElement? Metadata, JsonElement? Configuration, Moment? CreatedAt)
{
    /// <summary>Nothing is written to disk: what is accepted at all fits into memory.</summary>
    private static readonly FormOptions Options = new() { MultipartBodyLengthLimit = KithPipeline.MaxBodyBytes, MemoryBufferThreshold = KithPipeline.MaxBodyBytes };

    /// <exception cref="SchemaException">A field is missing or wrong.</exception>
    /// <exception cref="KithException">The file is too large, of another type, or broken.</exception>
    public static async Task<Upload> ReadAsync(HttpRequest request, Dialect dialect, CancellationToken cancellationToken)
    {
        var form = await ReadFormAsync(request, cancellationToken);
        var errors = new SchemaErrors();
        var file = RequireFile(form, errors);
        var fields = new Fields(TextFields(form), Location.Body, errors);
        var peer = fields.Required("peer_id").Text();
        var metadata = dialect.ReadMetadata(Json(fields.Optional("metadata"), unparsableIsAbsent: true));
        var configuration = Requests.Configuration.ReadOfMessage(Json(fields.Optional("configuration"), unparsableIsAbsent: false), dialect);
        var createdAt = fields.Optional("created_at").Time();
        errors.ThrowIfAny();
        return new Upload(FileText.ToContents(file!.ContentType, await BytesAsync(file, cancellationToken)), peer!, metadata, configuration, createdAt);
    }

    /// <summary>The same for the same upload, however its parts are separated.</summary>
    public string Digest() => Ids.Of([PeerId, Metadata?.GetRawText() ?? "", Configuration?.GetRawText() ?? "", CreatedAt?.Text ?? "", .. Contents]);

    public IReadOnlyList<NewMessage> ToMessages() =>
        [.. Contents.Select(content => new NewMessage(PeerId, content) { Metadata = Metadata, Configuration = Configuration, CreatedAt = CreatedAt?.Instant })];

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > KithPipeline.MaxBodyBytes)
            throw new BadHttpRequestException("Request body too large", StatusCodes.Status413PayloadTooLarge);
        if (!request.HasFormContentType)
            return FormCollection.Empty;
        try
        {
            return await request.ReadFormAsync(Options, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new KithException(ErrorCode.Invalid, "There was an error parsing the body", exception);
        }
    }

    private static IFormFile? RequireFile(IFormCollection form, SchemaErrors errors)
    {
        if (form.Files.GetFile("file") is { } file)
            return file;
        var at = Location.Body.At("file");
        if (form["file"] is [.., { Length: > 0 } text])
            errors.AddRule(at, "Expected UploadFile, received: <class 'str'>", JsonSerializer.SerializeToElement(text));
        else
            errors.Add("missing", at, "Field required", default);
        return null;
    }

    /// <summary>The last value of each field; an empty one counts as absent.</summary>
    private static JsonElement TextFields(IFormCollection form) =>
        JsonSerializer.SerializeToElement(form.Where(field => field.Value is [.., { Length: > 0 }]).ToDictionary(field => field.Key, field => field.Value[^1]));

    private static Input Json(Input text, bool unparsableIsAbsent)
    {
        if (text.IsMissing)
            return text;
        try
        {
            return text.With(JsonBody.Parse(System.Text.Encoding.UTF8.GetBytes(text.Value.GetString()!)));
        }
        catch (SchemaException)
        {
            return unparsableIsAbsent ? Input.Missing : text;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(IFormFile file, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancellationToken);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
