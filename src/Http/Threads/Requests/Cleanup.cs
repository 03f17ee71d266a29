using System.Text.Json.Serialization;
using Kith.Core.Threads;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Requests;

/// <param name="Kind"><c>expired</c> or <c>archived</c>.</param>
/// <param name="MaxAgeHours">Of expired ones: in place of the time to live.</param>
/// <param name="KeepRecentHours">Of archived ones: keeps those that something happened to since; 168 when left out.</param>
internal sealed record Cleanup(string Kind, double? MaxAgeHours = null, double? KeepRecentHours = null)
{
    public const string Expired = "expired";
    public const string Archived = "archived";

    private const double WeekHours = 168;

    public static Cleanup? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Needs("kind").OneOf("literal_error", Expired, Archived)!,
        fields.May("maxAgeHours").Number(0, ThreadSettings.MostTtlHours),
        fields.May("keepRecentHours").Number(0, ThreadSettings.MostTtlHours));

    [JsonIgnore]
    public TimeSpan? MaxAge => MaxAgeHours is { } hours ? TimeSpan.FromHours(hours) : null;

    [JsonIgnore]
    public TimeSpan KeepRecent => TimeSpan.FromHours(KeepRecentHours ?? WeekHours);
}
