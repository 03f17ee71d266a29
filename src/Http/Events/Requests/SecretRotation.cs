using Kith.Http.Schema;

namespace Kith.Http.Events.Requests;

/// <param name="OverlapSeconds">How long the secret before signs beside the new one; zero ends it at once.</param>
internal sealed record SecretRotation(int? OverlapSeconds = null)
{
    private const int Usual = 24 * 60 * 60;
    private const int Longest = 30 * Usual;

    public TimeSpan Overlap => TimeSpan.FromSeconds(OverlapSeconds ?? Usual);

    public static SecretRotation? Read(Input body) =>
        body.Object()?.Only("overlap_seconds") is not { } fields ? null : new(fields.Optional("overlap_seconds").Integer(min: 0, max: Longest));
}
