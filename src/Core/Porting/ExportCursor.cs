using System.Buffers.Text;
using System.Text.Json;

namespace Kith.Core.Porting;

/// <summary>A place between two lines of an export.</summary>
/// <param name="Part">Which list of documents: those of the directory and of pairs one after the other, then the sessions.</param>
/// <param name="After">Continuation of that list.</param>
/// <param name="Session">The session that the place is in; null between two.</param>
/// <param name="Kind">Which of the session's lists.</param>
/// <param name="Within">Continuation of that.</param>
internal sealed record ExportCursor(int Part, string? After = null, string? Session = null, int Kind = 0, string? Within = null)
{
    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string?[]>([$"{Part}", After, Session, $"{Kind}", Within]));

    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: it is no cursor of an export.</exception>
    public static ExportCursor Decode(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text)) is [{ } part, var after, var session, { } kind, var within]
                && int.TryParse(part, out var first) && int.TryParse(kind, out var second) && first >= 0 && second >= 0)
                return new ExportCursor(first, after, session, second, within);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw Invalid(exception);
        }

        throw Invalid(null);
    }

    private static KithException Invalid(Exception? inner) => new(ErrorCode.Invalid, "The cursor is none of this export", inner);
}
