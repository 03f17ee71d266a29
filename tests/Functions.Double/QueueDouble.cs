using Kith.Core.Work;
using Microsoft.DurableTask.Client;

namespace Kith.Functions.Double;

/// <summary>The queue of hints in this process: late, twice, out of order or not at all, as a test wants it.</summary>
public sealed class QueueDouble(TimeProvider time) : IWorkQueue
{
    private const int MaxDequeueCount = 5;
    private readonly List<Message> _messages = [];
    private readonly List<string> _poisoned = [];
    private int _inFlight;

    /// <summary>What every message is delivered as: itself, or twice.</summary>
    public int Deliveries { get; set; } = 1;

    /// <summary>The newest first.</summary>
    public bool IsReversed { get; set; }

    /// <summary>Messages vanish as soon as they are sent.</summary>
    public bool IsLossy { get; set; }

    public IReadOnlyList<string> Poisoned
    {
        get
        {
            lock (_messages)
                return [.. _poisoned];
        }
    }

    /// <summary>Messages that are visible, or on their way to the trigger.</summary>
    public int Count
    {
        get
        {
            lock (_messages)
                return _inFlight + _messages.Count(message => message.VisibleAt <= time.GetUtcNow());
        }
    }

    public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken)
    {
        Send(WorkText.Of(hint.Partition), delay);
        return Task.CompletedTask;
    }

    public void Send(string text, TimeSpan delay = default)
    {
        lock (_messages)
        {
            for (var copy = 0; copy < Deliveries && !IsLossy; copy++)
                _messages.Add(new Message(text, time.GetUtcNow() + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero), 0));
        }
    }

    public void Clear()
    {
        lock (_messages)
            _messages.Clear();
    }

    /// <summary>Delivers what is visible now to the trigger; false when nothing was.</summary>
    public async Task<bool> DeliverAsync(FunctionTable functions, IServiceProvider services, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (Take() is not { } message)
            return false;

        try
        {
            await functions.InvokeAsync("Work", services, message.Text, client, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            await FailedAsync(message with { Attempts = message.Attempts + 1 }, functions, services, cancellationToken);
        }
        finally
        {
            lock (_messages)
                _inFlight--;
        }

        return true;
    }

    private async Task FailedAsync(Message message, FunctionTable functions, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (message.Attempts < MaxDequeueCount)
        {
            lock (_messages)
                _messages.Add(message);
            return;
        }

        lock (_messages)
            _poisoned.Add(message.Text);
        await functions.InvokeAsync("PoisonedWork", services, message.Text, cancellationToken);
    }

    private Message? Take()
    {
        lock (_messages)
        {
            var now = time.GetUtcNow();
            var next = IsReversed ? _messages.FindLastIndex(message => message.VisibleAt <= now) : _messages.FindIndex(message => message.VisibleAt <= now);
            if (next < 0)
                return null;
            var message = _messages[next];
            _messages.RemoveAt(next);
            _inFlight++;
            return message;
        }
    }

    private sealed record Message(string Text, DateTimeOffset VisibleAt, int Attempts);
}
