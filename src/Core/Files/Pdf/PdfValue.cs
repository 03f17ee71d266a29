namespace Kith.Core.Files.Pdf;

/// <summary>A PDF object (ISO 32000-1 §7.3). Booleans and null are operators too: nothing here depends on their values.</summary>
internal abstract record PdfValue;

internal sealed record PdfNumber(double Value) : PdfValue
{
    /// <summary>The value as an integer; zero if it has none.</summary>
    public int Int => Value is > int.MinValue and < int.MaxValue ? (int)Value : 0;
}

internal sealed record PdfName(string Value) : PdfValue;

internal sealed record PdfString(byte[] Bytes) : PdfValue;

internal sealed record PdfReference(int Number) : PdfValue;

/// <summary>A keyword: an operator of a content stream, <c>obj</c>, <c>stream</c>, <c>true</c> and the like.</summary>
internal sealed record PdfOperator(string Name) : PdfValue;

internal sealed record PdfArray(IReadOnlyList<PdfValue> Items) : PdfValue;

internal sealed record PdfDictionary(IReadOnlyDictionary<string, PdfValue> Entries) : PdfValue
{
    public PdfValue? this[string key] => Entries.GetValueOrDefault(key);
}

internal sealed record PdfStream(PdfDictionary Dictionary, ReadOnlyMemory<byte> Data) : PdfValue;
