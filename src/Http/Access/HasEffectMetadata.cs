namespace Kith.Http.Access;

/// <summary>Marks a GET that does more than read, because its protocol wants it so.</summary>
internal sealed class HasEffectMetadata
{
    public static HasEffectMetadata Instance { get; } = new();
}
