namespace Kith.Core.Porting;

/// <summary>Texts of other systems as messages: what is longer than a message becomes several.</summary>
internal static class SpokenText
{
    public static IEnumerable<ImportLine> Messages(ImportLine.ImportedMessage message)
    {
        var text = message.Content;
        for (int at = 0, part = 0; at < text.Length; part++)
        {
            var length = Math.Min(Limits.MessageCharacters, text.Length - at);
            if (at + length < text.Length && char.IsHighSurrogate(text[at + length - 1]))
                length--;
            yield return new ImportLine { Message = message with { Content = text.Substring(at, length), Id = part == 0 ? message.Id : Ids.Of(message.Id, $"{part}") } };
            at += length;
        }
    }
}
