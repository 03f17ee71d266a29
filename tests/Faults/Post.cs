using System.Text;
using System.Text.Json;

namespace Kith.Faults;

/// <summary>One request that stores messages, marked in their metadata with its name.</summary>
/// <param name="Texts">What is said; of an upload the whole file.</param>
internal sealed record Post(string Name, string Writer, string Session, IReadOnlyList<string> Texts, bool IsUpload = false)
{
    /// <summary>Whether the server answered that it is stored.</summary>
    public bool Acknowledged { get; set; }

    public async Task SendAsync(HttpClient client, string workspace)
    {
        var path = $"/v3/workspaces/{workspace}/sessions/{Session}/messages";
        using HttpContent content = IsUpload ? Upload() : Batch();
        using var response = await client.PostAsync(IsUpload ? $"{path}/upload" : path, content);
        // The answer must have come in whole: what arrives of it after a kill acknowledges nothing.
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(answer, null, response.StatusCode);
        Acknowledged = true;
    }

    private StringContent Batch() => new(
        JsonSerializer.Serialize(new { messages = Texts.Select(text => new { content = text, peer_id = Writer, metadata = new { post = Name } }) }),
        Encoding.UTF8,
        "application/json");

    private MultipartFormDataContent Upload()
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(Texts[0]));
        file.Headers.ContentType = new("text/plain");
        return new MultipartFormDataContent
        {
            { file, "file", "notes.txt" },
            { new StringContent(Writer), "peer_id" },
            { new StringContent($$"""{"post":"{{Name}}"}"""), "metadata" },
        };
    }
}
