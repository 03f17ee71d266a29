using System.Text;
using System.Text.Json;

namespace Kith.Faults;

/// <summary>One request that stores messages, marked in their metadata with its name.</summary>
/// <param name="Texts">What is said; of an upload the whole file.</param>
internal sealed record Post(string Name, string Writer, string Session, IReadOnlyList<string> Texts, bool IsUpload = false)
{
    /// <summary>Whether the server answered that it is stored.</summary>
    public bool Acknowledged { get; set; }

    /// <param name="isRepeatable">Sent again under this name it stores nothing more.</param>
    public async Task SendAsync(HttpClient client, string workspace, bool isRepeatable = false)
    {
        var path = $"/v3/workspaces/{workspace}/sessions/{Session}/messages";
        using HttpContent content = IsUpload ? Upload() : Batch();
        using var request = new HttpRequestMessage(HttpMethod.Post, IsUpload ? $"{path}/upload" : path) { Content = content };
        if (isRepeatable)
            request.Headers.Add("Idempotency-Key", Name);
        using var response = await client.SendAsync(request);
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
