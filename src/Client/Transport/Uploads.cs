using System.Net.Http.Headers;
using System.Text.Json;
using Kith.Client.Wire;

namespace Kith.Client.Transport;

/// <summary>Files as multipart forms, made anew for each attempt.</summary>
internal static class Uploads
{
    public static Call Of(string path, byte[] file, string fileName, string peer, UploadOptions? options) => Call.Post(path) with
    {
        Content = () => Form(file, fileName, peer, options),
    };

    private static MultipartFormDataContent Form(byte[] file, string fileName, string peer, UploadOptions? options)
    {
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(file) { Headers = { ContentType = MediaTypeHeaderValue.Parse(options?.ContentType ?? TypeOf(fileName)) } }, "file", fileName },
            { new StringContent(peer), "peer_id" },
        };
        if (options?.Metadata is { } metadata)
            form.Add(new StringContent(metadata.ToJsonString()), "metadata");
        if (options?.Configuration is { } configuration)
            form.Add(new StringContent(JsonSerializer.Serialize(configuration, HonchoJson.Default.MessageConfiguration)), "configuration");
        if (options?.CreatedAt is { } time)
            form.Add(new StringContent(MomentConverter.Format(time)), "created_at");
        return form;
    }

    /// <summary>What is no PDF and no JSON is text, or the server says that it is not.</summary>
    private static string TypeOf(string fileName) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".PDF" => "application/pdf",
        ".JSON" => "application/json",
        ".MD" or ".MARKDOWN" => "text/markdown",
        ".CSV" => "text/csv",
        ".HTM" or ".HTML" => "text/html",
        ".PNG" or ".JPG" or ".JPEG" or ".GIF" or ".ZIP" or ".GZ" or ".EXE" or ".DLL" or ".DOCX" or ".XLSX" or ".PPTX" or ".MP3" or ".MP4" => "application/octet-stream",
        _ => "text/plain",
    };
}
