using System.Text;
using Kith.Core.Files;

namespace Kith.Core.Tests.Files;

public sealed class FileTextTests
{
    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/markdown; charset=utf-8")]
    [InlineData("TEXT/CSV")]
    public void ToContents_any_text_type_is_accepted(string mediaType) =>
        Assert.Equal(["a,b"], FileText.ToContents(mediaType, "a,b"u8.ToArray()));

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/zip")]
    public void ToContents_other_type_is_unsupported(string mediaType)
    {
        var refusal = Assert.Throws<KithException>(() => FileText.ToContents(mediaType, "x"u8.ToArray()));
        Assert.Equal((ErrorCode.Invalid, "unsupported_media_type"), (refusal.Code, refusal.Detail));
        Assert.Equal($"Unsupported file type: {mediaType}. Supported types: ['PDFProcessor', 'TextProcessor', 'JSONProcessor']", refusal.Message);
    }

    [Fact]
    public void ToContents_file_above_the_limit_is_too_large()
    {
        var refusal = Assert.Throws<KithException>(() => FileText.ToContents("text/plain", new byte[Limits.UploadBytes + 1]));
        Assert.Equal((ErrorCode.BudgetExceeded, "too_large"), (refusal.Code, refusal.Detail));
        Assert.Equal("File size (5242881 bytes) exceeds maximum allowed size (5242880 bytes)", refusal.Message);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/pdf")]
    public void ToContents_empty_file_is_one_empty_content(string mediaType) =>
        Assert.Equal([""], FileText.ToContents(mediaType, Array.Empty<byte>()));

    [Fact]
    public void ToContents_json_is_compact_with_its_characters_and_numbers_kept() =>
        Assert.Equal(["{\"b\":[1.50,1e3,true,null],\"a\":\"é 日 <b> \\\"\"}"], FileText.ToContents(
            "application/json", Encoding.UTF8.GetBytes("{ \"b\": [1.50, 1e3, true, null],\r\n \"a\": \"\\u00e9 日 <b> \\\"\" }")));

    [Theory]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("\"\\ud800\"")]
    public void ToContents_broken_json_is_invalid(string json) =>
        Assert.Equal("Uploaded JSON is invalid", Assert.Throws<KithException>(() => FileText.ToContents("application/json", Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void ToContents_json_in_latin_1_is_refused() =>
        Assert.Equal("JSON uploads must be UTF-8 encoded", Assert.Throws<KithException>(() => FileText.ToContents("application/json", Encoding.Latin1.GetBytes("\"é\""))).Message);

    [Fact]
    public void ToContents_text_is_decoded_as_utf_8_then_utf_16_then_latin_1()
    {
        const string Text = "Grüße 日";
        Assert.Equal([Text], FileText.ToContents("text/plain", Encoding.UTF8.GetBytes(Text)));
        Assert.Equal([Text], FileText.ToContents("text/plain", (byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)]));
        Assert.Equal([Text], FileText.ToContents("text/plain", (byte[])[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)]));
        Assert.Equal([Text], FileText.ToContents("text/plain", (byte[])[.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)]));
        Assert.Equal(["Grüße"], FileText.ToContents("text/plain", Encoding.Latin1.GetBytes("Grüße")));
    }

    [Fact]
    public void ToContents_nul_characters_are_removed() =>
        Assert.Equal(["ab"], FileText.ToContents("text/plain", "a\0b\0"u8.ToArray()));

    [Fact]
    public void ToContents_pdf_pages_follow_their_numbers_and_empty_pages_are_left_out()
    {
        var pdf = PdfBuilder.OnePage("BT /F1 9 Tf (one) Tj ET")
            .Object(2, "<< /Type /Pages /Kids [3 0 R 7 0 R 3 0 R] /Resources << /Font << /F1 5 0 R >> >> >>")
            .Object(7, "<< /Type /Page >>")
            .Build();

        Assert.Equal(["[Page 1]\none\n\n[Page 3]\none"], FileText.ToContents("application/pdf", pdf));
    }

    [Theory]
    [InlineData("\n\n", "\n")]
    [InlineData("\n", ". ")]
    [InlineData(". ", " ")]
    [InlineData(" ", "")]
    public void ToContents_long_text_is_cut_at_the_strongest_boundary(string strong, string weak)
    {
        var first = new string('a', 20_000) + strong;
        var second = new string('b', 1_000) + weak + new string('c', 10_000);

        Assert.Equal([first, second], FileText.ToContents("text/plain", Encoding.UTF8.GetBytes(first + second)));
    }

    [Fact]
    public void ToContents_long_text_without_boundary_keeps_surrogate_pairs_and_loses_nothing()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("😀", 30_000));

        var contents = FileText.ToContents("text/plain", Encoding.UTF8.GetBytes(text));

        Assert.Equal(text, string.Concat(contents));
        Assert.Equal([24_999, 25_000, 10_002], contents.Select(content => content.Length));
    }
}
