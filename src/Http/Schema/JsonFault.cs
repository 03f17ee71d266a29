using System.Text.Json;

namespace Kith.Http.Schema;

/// <summary>Finds out where and why a text is not JSON, in the words of Python's decoder, which clients of the original know.</summary>
internal static class JsonFault
{
    private const string Value = "Expecting value";
    private const string Name = "Expecting property name enclosed in double quotes";

    /// <summary>Byte offset and reason.</summary>
    public static (int Offset, string Reason) Find(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var containers = new Stack<JsonTokenType>();
        var last = JsonTokenType.None;
        var end = 0;
        try
        {
            while (reader.Read())
            {
                (last, end) = (reader.TokenType, (int)reader.BytesConsumed);
                if (last is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    containers.Push(last);
                else if (last is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    containers.Pop();
                if (containers.Count > maxDepth)
                    return ((int)reader.TokenStartIndex, $"Nesting exceeds maximum depth of {maxDepth}");
            }
        }
        catch (JsonException)
        {
            return Explain(utf8, SkipSpace(utf8, end), last, containers);
        }

        return (utf8.Length, Value);
    }

    /// <param name="at">Where the text goes on after the last good token.</param>
    private static (int Offset, string Reason) Explain(ReadOnlySpan<byte> utf8, int at, JsonTokenType last, Stack<JsonTokenType> containers)
    {
        switch (last)
        {
            case JsonTokenType.None or JsonTokenType.StartArray or JsonTokenType.PropertyName:
                return ValueAt(utf8, at);
            case JsonTokenType.StartObject:
                return NameAt(utf8, at);
        }

        if (!containers.TryPeek(out var container))
            return (at, "Extra data");
        if (At(utf8, at) != ',')
            return (at, "Expecting ',' delimiter");
        at = SkipSpace(utf8, at + 1);
        return container == JsonTokenType.StartObject ? NameAt(utf8, at) : ValueAt(utf8, at);
    }

    private static (int Offset, string Reason) NameAt(ReadOnlySpan<byte> utf8, int at)
    {
        if (At(utf8, at) != '"')
            return (at, Name);
        return TextAt(utf8, at) is { } fault ? fault : (SkipSpace(utf8, EndOfText(utf8, at)), "Expecting ':' delimiter");
    }

    private static (int Offset, string Reason) ValueAt(ReadOnlySpan<byte> utf8, int at) =>
        (At(utf8, at) == '"' ? TextAt(utf8, at) : null) ?? (at, Value);

    private static (int Offset, string Reason)? TextAt(ReadOnlySpan<byte> utf8, int start)
    {
        for (var i = start + 1; i < utf8.Length; i++)
        {
            switch (utf8[i])
            {
                case (byte)'"':
                    return null;
                case < 0x20:
                    return (i, "Invalid control character at");
                case (byte)'\\' when i + 1 < utf8.Length:
                    var escaped = utf8[i + 1];
                    if (escaped == 'u' && !IsHex(utf8, i + 2))
                        return (i + 2, "Invalid \\uXXXX escape");
                    if (!"\"\\/bfnrtu"u8.Contains(escaped))
                        return (i, "Invalid \\escape");
                    i++;
                    break;
            }
        }

        return (start, "Unterminated string starting at");
    }

    private static int EndOfText(ReadOnlySpan<byte> utf8, int start)
    {
        var i = start + 1;
        while (i < utf8.Length && utf8[i] != '"')
            i += utf8[i] == '\\' ? 2 : 1;
        return Math.Min(i + 1, utf8.Length);
    }

    private static bool IsHex(ReadOnlySpan<byte> utf8, int at) =>
        at + 4 <= utf8.Length && char.IsAsciiHexDigit((char)utf8[at]) && char.IsAsciiHexDigit((char)utf8[at + 1]) && char.IsAsciiHexDigit((char)utf8[at + 2]) && char.IsAsciiHexDigit((char)utf8[at + 3]);

    private static int SkipSpace(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && utf8[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return Math.Min(at, utf8.Length);
    }

    private static int At(ReadOnlySpan<byte> utf8, int at) => at < utf8.Length ? utf8[at] : -1;
}
