using System.Text.Json;

namespace Kith.Azure.Models;

/// <summary>The JSON in what a model wrote.</summary>
internal static class JsonText
{
    /// <summary>The text of an object, without the fence or the remark that models without strict output put around it; null when there is none.</summary>
    public static string? Object(string text)
    {
        var start = text.IndexOf('{', StringComparison.Ordinal);
        var end = text.LastIndexOf('}');
        if (start < 0 || end < start)
            return null;
        var json = text[start..(end + 1)];
        try
        {
            using var document = JsonDocument.Parse(json);
            return json;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
