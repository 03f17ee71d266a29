using System.Globalization;
using Kith.Core.Memory;

namespace Kith.Http.Honcho.Wire;

internal sealed record Summary(string Content, string MessageId, string SummaryType, string CreatedAt, int TokenCount)
{
    public static Summary? Of(Core.Memory.Summary? summary) => summary is null ? null : new(
        summary.Content,
        summary.MessageId,
        summary.Kind == SummaryKind.Short ? "honcho_chat_summary_short" : "honcho_chat_summary_long",
        summary.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        summary.TokenCount);
}
