using System.Text.Json.Nodes;
using Kith.Core.Agency;

namespace Kith.Core.Tests.Engine;

/// <summary>Answers with what it was told, and counts how often it was asked.</summary>
internal sealed class ScriptedResponder : IResponder
{
    private int _calls;

    public int Calls => _calls;

    /// <summary>Thrown instead of every answer.</summary>
    public KithException? Failure { get; set; }

    /// <summary>Set when every call has to wait for the others.</summary>
    public Barrier? Together { get; set; }

    public async Task<AgentReply?> RespondAsync(AgentCall call, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (Failure is not null)
            throw Failure;
        if (Together is { } barrier)
            await Task.Run(() => barrier.SignalAndWait(cancellationToken), cancellationToken);
        var text = $"You said: {call.Message.Content}";
        return new AgentReply(text, TestEngine.Json(new JsonObject { ["text"] = text }.ToJsonString()));
    }
}
