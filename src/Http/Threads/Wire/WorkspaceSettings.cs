using Kith.Core.Retaining;
using Kith.Core.Threads;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Wire;

/// <summary>What is left out has its default.</summary>
/// <param name="TtlFrom"><c>lastActivity</c> or <c>created</c>.</param>
internal sealed record WorkspaceSettings(double? TtlHours, int? MaxMessages, string? TtlFrom, bool? ArchivedReadOnly, int? DedupeWindowSeconds = null, long? MessagesPerDay = null, long? TokensPerDay = null, long? ModelTokensPerDay = null, int? MessageDays = null, int? ConclusionDays = null)
{
    private const string LastActivity = "lastActivity";
    private const string Created = "created";

    /// <summary>About four seconds.</summary>
    private const double FewestTtlHours = 0.001;

    public static WorkspaceSettings? Read(Input body) => body.Object()?.Only("ttlHours", "ttl_hours", "maxMessages", "max_messages", "ttlFrom", "ttl_from", "archivedReadOnly", "archived_read_only", "dedupeWindowSeconds", "dedupe_window_seconds", "messagesPerDay", "messages_per_day", "tokensPerDay", "tokens_per_day", "modelTokensPerDay", "model_tokens_per_day", "messageDays", "message_days", "conclusionDays", "conclusion_days") is not { } fields ? null : new(
        ReadTtl(fields.May("ttlHours")),
        ReadMaxMessages(fields.May("maxMessages")),
        fields.May("ttlFrom").OneOf("literal_error", LastActivity, Created),
        fields.May("archivedReadOnly").Boolean(),
        fields.May("dedupeWindowSeconds").Integer(0, Core.Directory.WorkspaceSettings.MostDedupeWindowSeconds),
        fields.May("messagesPerDay").Integer(0),
        fields.May("tokensPerDay").Integer(0),
        fields.May("modelTokensPerDay").Integer(0),
        fields.May("messageDays").Integer(1, Retention.MostDays),
        fields.May("conclusionDays").Integer(1, Retention.MostDays));

    public static double? ReadTtl(Input hours) => hours.Number(FewestTtlHours, ThreadSettings.MostTtlHours);

    public static int? ReadMaxMessages(Input count) => count.Integer(1, ThreadSettings.MostMaxMessages);

    public static WorkspaceSettings Of(Core.Directory.WorkspaceSettings settings)
    {
        var threads = settings.Threads;
        return new WorkspaceSettings(threads.TtlHours, threads.MaxMessages, threads.TtlFromCreation ? Created : LastActivity, threads.ArchivedReadOnly, settings.DedupeWindowSeconds, settings.Budget.Messages, settings.Budget.Tokens, settings.Budget.ModelTokens, settings.Retention.MessageDays, settings.Retention.ConclusionDays);
    }

    public Core.Directory.WorkspaceSettings ToSettings()
    {
        var defaults = ThreadSettings.Default;
        return new Core.Directory.WorkspaceSettings
        {
            DedupeWindowSeconds = DedupeWindowSeconds ?? 0,
            Budget = new(MessagesPerDay, TokensPerDay, ModelTokensPerDay),
            Retention = new(MessageDays, ConclusionDays),
            Threads = new ThreadSettings
            {
                TtlHours = TtlHours ?? defaults.TtlHours,
                MaxMessages = MaxMessages ?? defaults.MaxMessages,
                TtlFromCreation = TtlFrom is null ? defaults.TtlFromCreation : TtlFrom == Created,
                ArchivedReadOnly = ArchivedReadOnly ?? defaults.ArchivedReadOnly,
            },
        };
    }
}
