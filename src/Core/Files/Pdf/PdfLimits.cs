namespace Kith.Core.Files.Pdf;

/// <summary>Bounds what one file may cost, in memory and in time, whatever it contains.</summary>
internal sealed class PdfLimits
{
    public const int MaxDepth = 64;
    public const int MaxPages = 10_000;

    private int _values = 4_000_000;
    private int _operators = 4_000_000;
    private int _streamBytes = 64 << 20;
    private int _fonts = 10_000;
    private int _readBytes = 256 << 20;
    private int _characters = 16 << 20;

    public void SpendValue() => Spend(ref _values, 1);

    public void SpendOperator() => Spend(ref _operators, 1);

    public void SpendFont() => Spend(ref _fonts, 1);

    public void SpendStreamBytes(int count) => Spend(ref _streamBytes, count);

    public void SpendReadBytes(int count) => Spend(ref _readBytes, count);

    public void SpendCharacters(int count) => Spend(ref _characters, count);

    public static KithException TooComplex() => Invalid("The PDF is too large or too complex to read");

    public static KithException Damaged() => Invalid("The PDF is damaged or truncated");

    public static KithException Invalid(string message) => new(ErrorCode.Invalid, message);

    private static void Spend(ref int remaining, int count)
    {
        if (count > remaining)
            throw TooComplex();
        remaining -= count;
    }
}
