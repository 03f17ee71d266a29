using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kith.Client.Transport;

/// <summary>One request, which may be sent several times.</summary>
/// <param name="Method">What is done.</param>
/// <param name="Path">Escaped, below the server's address.</param>
internal sealed record Call(HttpMethod Method, string Path)
{
    /// <summary>Makes the body anew for each attempt.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>How long an attempt may take where that is not what the options say.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Done twice it is not the same as done once: it gets a key, by which Kith knows it again. A POST always does.</summary>
    public bool NeedsKey { get; init; } = Method == HttpMethod.Post;

    /// <summary>It can be sent again after a failure that may pass.</summary>
    public bool CanRepeat { get; init; } = true;

    /// <summary>What is deleted is the place itself: where an earlier attempt may have done so, that it is not there is no failure.</summary>
    public bool Removes { get; init; }

    /// <summary>A failure that stays, although others with its status pass.</summary>
    public HttpStatusCode? Stays { get; init; }

    public string? IfMatch { get; init; }

    /// <summary>Only where there is nothing yet.</summary>
    public bool IfNoneMatch { get; init; }

    public string? Accept { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public static Call Get(string path) => new(HttpMethod.Get, path);

    public static Call Delete(string path) => new(HttpMethod.Delete, path);

    /// <summary>Deletes the place itself.</summary>
    public static Call Remove(string path) => Delete(path) with { Removes = true };

    public static Call Post(string path) => new(HttpMethod.Post, path);

    public static Call Post<T>(string path, T body, JsonTypeInfo<T> type) => Post(path).With(body, type);

    public static Call Put<T>(string path, T body, JsonTypeInfo<T> type) => new Call(HttpMethod.Put, path).With(body, type);

    public static Call Patch<T>(string path, T body, JsonTypeInfo<T> type) => new Call(HttpMethod.Patch, path).With(body, type);

    public Call With<T>(T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return this with
        {
            Content = () => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } },
        };
    }
}
