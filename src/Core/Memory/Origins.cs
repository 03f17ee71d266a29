namespace Kith.Core.Memory;

internal static class Origins
{
    public const string Stated = "stated";
    public const string Inferred = "inferred";
    public const string Human = "human";
}
