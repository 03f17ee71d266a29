using System.Text.Json;
using Kith.Core.Storage;

namespace Kith.Core.Events;

/// <summary>One event on its way to one address, and afterwards the record of how it got there. Holds ids, never content or answers.</summary>
public sealed record Delivery
{
    internal const string DocumentType = "delivery";

    /// <summary>Tries before it is given up, and again after each redelivery.</summary>
    public const int MostAttempts = 8;

    /// <summary>Attempts that are kept of one that is sent again and again.</summary>
    private const int MostRemembered = 4 * MostAttempts;

    /// <summary>How long deliveries are remembered after their last change.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private const double WaitFactor = 4;

    public string Type { get; } = DocumentType;

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    /// <summary>The address, or the connection that a reply goes through.</summary>
    public required string WebhookId { get; init; }

    /// <summary>What receivers recognise a repeat by.</summary>
    public required string EventId { get; init; }

    public required string Event { get; init; }

    public required DateTimeOffset HappenedAt { get; init; }

    public required JsonElement Data { get; init; }

    public string? Session { get; init; }

    /// <summary>See <see cref="Announcement.Subjects"/>.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    public required DeliveryState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next; null when it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Since when it is being sent, where it must not be sent twice; null while it is not.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Tries since it was recorded or last asked for.</summary>
    public int Tries { get; init; }

    /// <summary>The last ones, oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];

    /// <summary>The deliveries of one address are done one after the other.</summary>
    internal static Partition Place(string workspace, string webhook) => Partition.Work(workspace, PlacePrefix + webhook);

    internal static bool IsPlace(Partition partition) => partition.Second!.StartsWith(PlacePrefix, StringComparison.Ordinal);

    internal static string IdOf(string eventId, string webhook) => Ids.Of("delivery", eventId, webhook);

    /// <summary>Neither sessions nor other jobs have such a name.</summary>
    private const string PlacePrefix = "$deliveries:";

    /// <param name="luck">0 to 1: spreads the next tries of what failed together.</param>
    internal Delivery After(DeliveryAttempt attempt, DateTimeOffset now, double luck)
    {
        var (tries, succeeded) = (Tries + 1, attempt.Problem is null);
        var next = this with { Tries = tries, Attempts = [.. Attempts.TakeLast(MostRemembered - 1), attempt] };
        if (succeeded)
            return next with { State = DeliveryState.Delivered, DueAt = null };
        return tries >= MostAttempts ? next with { State = DeliveryState.Failed, DueAt = null } : next with { DueAt = now + WaitAfter(tries, luck) };
    }

    internal Delivery Again(DateTimeOffset now) => this with { State = DeliveryState.Pending, Tries = 0, DueAt = now, StartedAt = null };

    /// <summary>15 seconds, then four times as long each time, a fifth more or less: the eighth try comes about 23 hours after the first.</summary>
    private static TimeSpan WaitAfter(int tries, double luck) => FirstWait * Math.Pow(WaitFactor, tries - 1) * (0.8 + (0.4 * luck));
}
