using Kith.Core;
using Kith.Http.Outgoing;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record WebhookCreate(string Url)
{
    public static WebhookCreate? Read(Input body, bool allowPrivate) =>
        body.Object() is not { } fields ? null : new(Address(fields.Required("url"), allowPrivate));

    /// <summary>An address that events may be sent to.</summary>
    public static string Address(Input input, bool allowPrivate)
    {
        if (input.Text(max: Limits.WebhookUrlCharacters) is { } url && OutgoingAddress.Problem(url, allowPrivate) is { } problem)
            input.Break<string>(problem);
        return input.IsMissing ? "" : input.Value.ToString();
    }
}
