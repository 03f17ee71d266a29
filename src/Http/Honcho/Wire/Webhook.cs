using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

internal sealed record Webhook(string Id, string WorkspaceId, string Url, string CreatedAt)
{
    public static Webhook Of(Core.Directory.Webhook webhook) => new(webhook.Id, webhook.WorkspaceId, webhook.Url, Moment.Format(webhook.CreatedAt));
}
