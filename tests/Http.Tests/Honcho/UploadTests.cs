using System.Net.Http.Headers;
using System.Text;

namespace Kith.Http.Tests.Honcho;

public sealed class UploadTests(KithHost host) : IClassFixture<KithHost>
{
    private const string Path = "/v3/workspaces/u/sessions/s/messages/upload";

    [Fact]
    public async Task A_text_file_becomes_messages_with_everything_that_came_along()
    {
        using var form = Form("text/plain", "I live in Oslo."u8.ToArray(), ("peer_id", "alice"), ("metadata", """{"k":1}"""), ("created_at", "2024-01-02T03:04:05+02:00"));
        var message = (await host.SendAsync("POST", Path, form)).Json![0]!;
        Assert.Equal("I live in Oslo.", message["content"]!.GetValue<string>());
        Assert.Equal("""{"k":1}""", message["metadata"]!.ToJsonString());
        Assert.Equal("2024-01-02T03:04:05+02:00", message["created_at"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_file_of_five_megabytes_is_stored_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 130_000).Select(number => $"Line {number} of the long story.\n"));
        using var form = Form("text/plain", Encoding.UTF8.GetBytes(text), ("peer_id", "alice"));
        var reply = await host.SendAsync("POST", "/v3/workspaces/u/sessions/long/messages/upload", form);
        Assert.Equal(201, reply.Code);
        Assert.Equal(text, string.Concat(reply.Json!.AsArray().Select(message => message!["content"]!.GetValue<string>())));
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_413()
    {
        using var form = Form("text/plain", new byte[5_242_881], ("peer_id", "alice"));
        var reply = await host.SendAsync("POST", Path, form);
        Assert.Equal((413, """{"detail":"File size (5242881 bytes) exceeds maximum allowed size (5242880 bytes)"}"""), (reply.Code, reply.Text));
    }

    [Fact]
    public async Task Another_type_is_415()
    {
        using var form = Form("image/png", [1, 2, 3], ("peer_id", "alice"));
        var reply = await host.SendAsync("POST", Path, form);
        Assert.Equal((415, """{"detail":"Unsupported file type: image/png. Supported types: ['PDFProcessor', 'TextProcessor', 'JSONProcessor']"}"""), (reply.Code, reply.Text));
    }

    [Fact]
    public async Task An_empty_file_is_one_empty_message()
    {
        using var form = Form("text/plain", [], ("peer_id", "alice"));
        Assert.Equal("", Assert.Single((await host.SendAsync("POST", Path, form)).Json!.AsArray())!["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task Metadata_that_is_no_JSON_is_ignored()
    {
        using var form = Form("text/plain", "x"u8.ToArray(), ("peer_id", "alice"), ("metadata", "{nope"));
        Assert.Equal(201, (await host.SendAsync("POST", Path, form)).Code);
    }

    [Theory]
    [InlineData("metadata", "[1]")]
    [InlineData("configuration", "{nope")]
    [InlineData("configuration", "[]")]
    [InlineData("created_at", "soon")]
    [InlineData("peer_id", "a b")]
    public async Task A_wrong_field_is_422(string name, string value)
    {
        using var form = Form("text/plain", "x"u8.ToArray(), name == "peer_id" ? (name, value) : ("peer_id", "alice"), (name, value));
        Assert.Equal(422, (await host.SendAsync("POST", Path, form)).Code);
    }

    [Fact]
    public async Task Missing_fields_are_reported_together()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "other" } };
        var reply = await host.SendAsync("POST", Path, form);
        Assert.Equal(["""["body","file"]""", """["body","peer_id"]"""], reply.Json!["detail"]!.AsArray().Select(error => error!["loc"]!.ToJsonString()));
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=b")]
    [InlineData("application/json")]
    public async Task What_is_no_form_is_422(string type)
    {
        using var content = new ByteArrayContent("--b\r\nbroken"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        Assert.Equal(422, (await host.SendAsync("POST", Path, content)).Code);
    }

    private static MultipartFormDataContent Form(string type, byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        form.Add(part, "file", "file.bin");
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }
}
