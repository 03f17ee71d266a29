using Kith.Core.Files.Pdf;

namespace Kith.Core.Files;

/// <summary>Reads the text of PDF files. Scans (no text layer) give empty pages; see docs/decisions/0003-pdf-text.md.</summary>
public static class PdfText
{
    /// <summary>The text of every page, in order; empty for a page without text. Lines end in a line feed.</summary>
    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: malformed, truncated, encrypted or too complex.</exception>
    public static IReadOnlyList<string> ExtractPages(ReadOnlyMemory<byte> pdf)
    {
        var document = PdfDocument.Load(pdf, new PdfLimits());
        var fonts = new Dictionary<PdfDictionary, PdfFont>(ReferenceEqualityComparer.Instance);
        return [.. document.Pages().Select(page => new PageReader(document, fonts).Read(page))];
    }
}
