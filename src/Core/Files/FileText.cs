using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kith.Core.Files;

/// <summary>Turns an uploaded file into the contents of messages (spec honcho-api §9.9).</summary>
public static class FileText
{
    // What Honcho's answer to an unsupported type lists; clients show it as it is.
    private const string SupportedTypes = "['PDFProcessor', 'TextProcessor', 'JSONProcessor']";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly JsonSerializerOptions ReadableJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The contents of the messages that a file becomes, in order; a single empty one for a file without text. Joined they
    /// are the text of the file without NUL characters, which the stores cannot keep.
    /// </summary>
    /// <param name="mediaType">The declared content type of the part, parameters included; null if there was none.</param>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="KithException">
    /// <see cref="ErrorCode.BudgetExceeded"/> with detail <c>too_large</c>; <see cref="ErrorCode.Invalid"/> with detail
    /// <c>unsupported_media_type</c>; <see cref="ErrorCode.Invalid"/> for JSON or PDF that cannot be read.
    /// </exception>
    public static IReadOnlyList<string> ToContents(string? mediaType, ReadOnlyMemory<byte> file)
    {
        if (file.Length > Limits.UploadBytes)
        {
            throw new KithException(ErrorCode.BudgetExceeded, string.Create(
                CultureInfo.InvariantCulture,
                $"File size ({file.Length} bytes) exceeds maximum allowed size ({Limits.UploadBytes} bytes)"))
            { Detail = "too_large" };
        }

        var text = mediaType?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "application/pdf" => file.IsEmpty ? "" : Pages(PdfText.ExtractPages(file)),
            "application/json" => file.IsEmpty ? "" : Json(file.Span),
            { } type when type.StartsWith("text/", StringComparison.Ordinal) => Decode(file.Span),
            _ => throw new KithException(
                ErrorCode.Invalid,
                $"Unsupported file type: {mediaType}. Supported types: {SupportedTypes}")
            { Detail = "unsupported_media_type" },
        };
        return Split(text.Replace("\0", "", StringComparison.Ordinal));
    }

    private static string Pages(IReadOnlyList<string> pages) =>
        string.Join("\n\n", pages.Index()
            .Where(page => !string.IsNullOrWhiteSpace(page.Item))
            .Select(page => string.Create(CultureInfo.InvariantCulture, $"[Page {page.Index + 1}]\n{page.Item}")));

    /// <summary>Compact JSON with the numbers and the order of the original; only what JSON demands is escaped.</summary>
    private static string Json(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Encoding.UTF8.Preamble))
            file = file[Encoding.UTF8.Preamble.Length..];
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(StrictUtf8.GetString(file), ReadableJson), ReadableJson);
        }
        catch (DecoderFallbackException e)
        {
            throw new KithException(ErrorCode.Invalid, "JSON uploads must be UTF-8 encoded", e);
        }
        catch (JsonException e)
        {
            throw new KithException(ErrorCode.Invalid, "Uploaded JSON is invalid", e);
        }
        catch (InvalidOperationException e)
        {
            // An escaped lone surrogate, which is no Unicode text.
            throw new KithException(ErrorCode.Invalid, "Uploaded JSON is invalid", e);
        }
    }

    private static string Decode(ReadOnlySpan<byte> file)
    {
        var bigEndian = file.StartsWith(Encoding.BigEndianUnicode.Preamble);
        var marked = bigEndian || file.StartsWith(Encoding.Unicode.Preamble);
        try
        {
            return StrictUtf8.GetString(file.StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file);
        }
        catch (DecoderFallbackException) when (marked || file.Length % 2 == 0)
        {
            try
            {
                return new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true).GetString(marked ? file[2..] : file);
            }
            catch (DecoderFallbackException)
            {
                return Encoding.Latin1.GetString(file);
            }
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(file);
        }
    }

    /// <summary>Cuts at the last blank line, newline, sentence end or space that leaves a piece within the limit. Loses nothing.</summary>
    private static List<string> Split(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        while (text.Length - start > Limits.MessageCharacters)
        {
            var length = CutLength(text.AsSpan(start, Limits.MessageCharacters), text[start + Limits.MessageCharacters]);
            pieces.Add(text.Substring(start, length));
            start += length;
        }

        pieces.Add(text[start..]);
        return pieces;
    }

    private static int CutLength(ReadOnlySpan<char> window, char following)
    {
        foreach (var separator in (ReadOnlySpan<string>)["\n\n", "\r\n\r\n", "\n", ". ", "! ", "? ", " "])
        {
            // The separator stays with the piece before it, so that the pieces joined are the text.
            if (window.LastIndexOf(separator, StringComparison.Ordinal) is var at and >= 0)
                return at + separator.Length;
        }

        return char.IsHighSurrogate(window[^1]) && char.IsLowSurrogate(following) ? window.Length - 1 : window.Length;
    }
}
