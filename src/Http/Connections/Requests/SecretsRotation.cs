using Kith.Http.Schema;

namespace Kith.Http.Connections.Requests;

/// <param name="Secrets">By name; those not named stay.</param>
/// <param name="OverlapSeconds">How long the secrets before them hold beside the new ones; zero ends them at once.</param>
internal sealed record SecretsRotation(IReadOnlyDictionary<string, string> Secrets, int? OverlapSeconds = null)
{
    private const int Usual = 24 * 60 * 60;
    private const int Longest = 30 * Usual;

    public TimeSpan Overlap => TimeSpan.FromSeconds(OverlapSeconds ?? Usual);

    public static SecretsRotation? Read(Input body) => body.Object()?.Only("secrets", "overlap_seconds") is not { } fields ? null : new(
        ConnectionFields.Secrets(fields.Required("secrets")) ?? new Dictionary<string, string>(),
        fields.Optional("overlap_seconds").Integer(min: 0, max: Longest));
}
