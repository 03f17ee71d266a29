using System.Text.Json;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>An item as the gateway double holds it.</summary>
/// <param name="Place">Its effective partition key.</param>
/// <param name="Json">With the system's members.</param>
internal sealed record GatewayItem(string Place, string Id, string ResourceId, string ETag, DateTimeOffset? Expires, JsonElement Json);
