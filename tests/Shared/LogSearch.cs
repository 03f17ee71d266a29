using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kith.Testing;

/// <summary>What one host logs, searched for what must not be in it: what was said to the host, and keys and secrets of any kind.</summary>
internal sealed partial class LogSearch
{
    /// <summary>Shorter texts, and single words, may be ids: those are logged.</summary>
    private const int FewestCharacters = 8;

    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentDictionary<string, bool> _planted = [];

    public void Add(string line) => _lines.Enqueue(line);

    /// <summary>A key or a secret.</summary>
    public void Plant(string? secret)
    {
        if (secret?.Length >= FewestCharacters)
            _planted.TryAdd(secret, true);
    }

    /// <summary>The texts in what is sent to the host, where it is JSON.</summary>
    public void PlantTexts(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            PlantTexts(document.RootElement, isSecret: false);
        }
        catch (JsonException)
        {
            // Bad on purpose.
        }
    }

    /// <summary>Throws when something is in the log that must not be.</summary>
    public void Demand()
    {
        foreach (var line in _lines)
        {
            if (Secrets().IsMatch(line) || _planted.Keys.Any(text => line.Contains(text, StringComparison.OrdinalIgnoreCase)))
                throw new InvalidOperationException($"This was logged: {line}");
        }
    }

    private void PlantTexts(JsonElement element, bool isSecret)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                PlantTexts(item, isSecret);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
                PlantTexts(member.Value, member.Name.Contains("secret", StringComparison.OrdinalIgnoreCase) || member.Name.Contains("token", StringComparison.OrdinalIgnoreCase));
        }
        else if (element.ValueKind == JsonValueKind.String && element.GetString() is { } text && (isSecret || text.Trim().Contains(' ', StringComparison.Ordinal)))
        {
            Plant(text);
        }
    }

    /// <summary>Keys of Kith, signed tokens, authorisation headers, secrets of webhooks, and messages as they go over the wire.</summary>
    [GeneratedRegex("""kith_[\w-]{21}_[\w-]{20}|eyJ[\w-]{10,}\.[\w-]|Bearer [\w.-]{12}|whsec_[\w+/=-]{8}|"content" *:|"messages" *:""")]
    private static partial Regex Secrets();
}
