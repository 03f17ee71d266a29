using Kith.Http.Schema;

namespace Kith.Http.Keys.Requests;

/// <param name="OverlapHours">For how long the secret before the new one goes on working: 24 hours unless said otherwise, at most 30 days, 0 for not at all.</param>
internal sealed record Rotation(double? OverlapHours)
{
    private const double UsualHours = 24;
    private const double MostHours = 720;

    public TimeSpan Overlap => TimeSpan.FromHours(OverlapHours ?? UsualHours);

    public static Rotation? Read(Input body) => body.Object()?.Only("overlap_hours") is not { } fields ? null : new(fields.Optional("overlap_hours").Number(0, MostHours));
}
