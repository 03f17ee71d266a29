using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Fuzz;

/// <summary>Judges answers to spoiled requests: an error of the server, no answer at all, or a refusal in nobody's words is a fault.</summary>
internal static class Verdict
{
    /// <summary>What is wrong with an answer, whatever was asked; null when nothing is.</summary>
    public static string? Fault(RawRequest request, RawReply reply)
    {
        if (reply.Status >= 500)
            return "server error";
        // An empty refusal comes from the server's own reader: the request never was one.
        if (reply.Status < 400 || reply.Body.Length == 0)
            return reply.Status == 0 && request.BodyLength is null && !request.IsCutShort ? "no answer" : null;
        return !reply.IsJson || IsRefusal(reply.Body) ? null : "not the shape of an error";
    }

    private static bool IsRefusal(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject answer && (answer["detail"] ?? answer["error"]) switch
            {
                JsonObject error => error["code"]?.GetValueKind() == JsonValueKind.String && error["message"]?.GetValueKind() == JsonValueKind.String,
                JsonValue text => text.GetValueKind() == JsonValueKind.String,
                JsonArray errors => errors.Count > 0 && errors.All(error => error!["type"] is not null && error["loc"] is JsonArray && error["msg"] is not null),
                _ => false,
            };
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
