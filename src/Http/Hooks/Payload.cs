using System.Globalization;
using System.Text.Json;

namespace Kith.Http.Hooks;

/// <summary>A JSON value of a platform, read without asking it to be as expected: what is missing or of another kind reads as nothing.</summary>
internal readonly struct Payload(JsonElement value)
{
    public static Payload Missing { get; }

    public bool IsObject => value.ValueKind == JsonValueKind.Object;

    public Payload this[string name] => IsObject && value.TryGetProperty(name, out var member) ? new(member) : Missing;

    public IEnumerable<Payload> Items
    {
        get
        {
            if (value.ValueKind != JsonValueKind.Array)
                yield break;
            foreach (var item in value.EnumerateArray())
                yield return new(item);
        }
    }

    /// <summary>Null where it is none, or empty.</summary>
    public string? Text => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A text, or a whole number as one: platforms write ids as both.</summary>
    public string? Id => Text ?? (Number is { } number ? number.ToString(CultureInfo.InvariantCulture) : null);

    public long? Number => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public bool IsTrue => value.ValueKind == JsonValueKind.True;

    /// <summary>Seconds since 1970; null where it is no time.</summary>
    public DateTimeOffset? Seconds => Number is { } seconds ? PlatformTime.OfSeconds(seconds) : null;
}
