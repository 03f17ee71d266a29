using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Http.Eliza;
using Kith.Http.Outgoing;
using Kith.Http.Schema;

namespace Kith.Http.Agents;

/// <summary>
/// Posts a message with its context to the address that an agent's workspace names, and reads the reply.
/// </summary>
internal sealed class HttpResponder : IResponder, IDisposable
{
    private const int MaxAnswerBytes = 256 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ElizaOptions _options;
    private readonly HttpClient _client;

    public HttpResponder(ElizaOptions options)
    {
        _options = options;
        _client = OutgoingHttp.Client("The agent's responder", options.AllowsPrivateResponders, MaxAnswerBytes);
    }

    /// <inheritdoc/>
    public async Task<AgentReply?> RespondAsync(AgentCall call, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Wire.AgentCall.Of(call), typeof(Wire.AgentCall), AgentsJson.Relaxed);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.ResponderTimeout);
        try
        {
            return await AskAsync(call, body, deadline.Token) is { IsUnavailable: false } answer ? answer.Reply : await AgainAsync(call, body, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"The agent did not answer within {_options.ResponderTimeout.TotalSeconds:0.#} seconds");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<AgentReply?> AgainAsync(AgentCall call, byte[] body, CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, cancellationToken);
        var answer = await AskAsync(call, body, cancellationToken);
        return answer.IsUnavailable ? throw Unavailable(answer.Problem!) : answer.Reply;
    }

    private async Task<Answer> AskAsync(AgentCall call, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Agent.ResponderUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", call.Reply.ReplyId);
        if (call.Agent.ResponderSecret is { } secret)
            request.Headers.Add("X-Kith-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
                return new Answer(null, $"The agent's responder answered {(int)response.StatusCode}");
            if (!response.IsSuccessStatusCode)
                throw Invalid($"The agent's responder answered {(int)response.StatusCode}");
            return new Answer(Read(await response.Content.ReadAsByteArrayAsync(cancellationToken)), null);
        }
        catch (HttpRequestException exception)
        {
            // What the connection was refused for is no failure of the network.
            if (OutgoingHttp.RefusalOf(exception) is { } refusal)
                throw Invalid(refusal);
            return exception.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded
                ? throw Invalid($"The agent's answer has more than {MaxAnswerBytes} bytes")
                : new Answer(null, "The agent's responder cannot be reached");
        }
    }

    /// <summary>An object with a <c>text</c>; nothing, null or an empty text means that the agent says nothing.</summary>
    private static AgentReply? Read(byte[] body)
    {
        if (body.Length == 0)
            return null;

        JsonElement answer;
        try
        {
            answer = JsonBody.Parse(body);
        }
        catch (SchemaException)
        {
            throw Invalid("The agent's answer is not JSON");
        }

        if (answer.ValueKind == JsonValueKind.Null)
            return null;
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("text", out var member) || member.ValueKind != JsonValueKind.String || FreeJson.HasUnusableNumber(answer))
            throw Invalid("The agent's answer is not an object with a text");

        var content = FreeJson.Clean(answer);
        var text = content.GetProperty("text").GetString()!;
        if (Limits.Exceeds(text, Limits.MessageCharacters))
            throw Invalid($"The agent's answer has more than {Limits.MessageCharacters} characters");
        return text.Length == 0 ? null : new AgentReply(text, content);
    }

    private static KithException Unavailable(string message) => new(ErrorCode.Unavailable, message) { Detail = "responder" };

    private static KithException Invalid(string message) => new(ErrorCode.Invalid, message) { Detail = "responder" };

    /// <param name="Problem">What a second attempt may cure.</param>
    private sealed record Answer(AgentReply? Reply, string? Problem)
    {
        public bool IsUnavailable => Problem is not null;
    }
}
