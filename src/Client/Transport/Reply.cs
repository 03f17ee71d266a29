using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kith.Client.Transport;

/// <summary>An answer that was read whole.</summary>
internal sealed record Reply(byte[] Body, HttpResponseHeaders Headers)
{
    /// <summary>The version of what was read, as it is sent back in <c>If-Match</c>.</summary>
    public string? ETag => Headers.ETag?.ToString();

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new KithException("The server answered null.");
        }
        catch (JsonException unreadable)
        {
            throw new KithException($"The server's answer is not what it should be: {unreadable.Message}", unreadable) { RequestId = Failure.RequestIdOf(Headers) };
        }
    }
}
