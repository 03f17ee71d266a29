namespace Kith.Core.Events;

public enum DeliveryState
{
    /// <summary>To be tried, for the first time or again.</summary>
    Pending,

    Delivered,

    /// <summary>Given up after <see cref="Delivery.MostAttempts"/>.</summary>
    Failed,
}
