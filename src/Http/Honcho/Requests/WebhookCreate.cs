using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record WebhookCreate(string Url)
{
    public static WebhookCreate? Read(Input body)
    {
        if (body.Object() is not { } fields)
            return null;
        var input = fields.Required("url");
        if (input.Text(max: Limits.WebhookUrlCharacters) is { } url && WebhookAddress.Problem(url) is { } problem)
            input.Break<string>(problem);
        return new(input.IsMissing ? "" : input.Value.ToString());
    }
}
