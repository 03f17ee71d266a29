using Azure.Storage.Queues;
using Kith.Core;
using Kith.Core.Storage;
using Kith.Core.Work;
using Kith.Functions.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kith.Functions.Tests;

/// <summary>The queue adapter against the emulator that <c>func start</c> uses.</summary>
public sealed class StorageWorkQueueTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly WorkHint Hint = new(Partition.Conversation("w", "Séance 🌒"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hint_arrives_as_the_trigger_reads_it_in_a_queue_that_did_not_exist()
    {
        var reader = await ReaderAsync(isMissing: true);
        await QueueOf(azurite.ConnectionString).EnqueueAsync(Hint, TimeSpan.Zero, Cancel);

        var message = await reader.ReceiveMessageAsync(cancellationToken: Cancel);
        Assert.Equal(WorkText.Of(Hint.Partition), message.Value.MessageText);
        Assert.Equal(Hint.Partition, WorkText.Place(message.Value.MessageText));
    }

    [Fact]
    public async Task A_delayed_hint_is_hidden_until_its_time()
    {
        var reader = await ReaderAsync();
        await QueueOf(azurite.ConnectionString).EnqueueAsync(Hint, TimeSpan.FromSeconds(2), Cancel);

        Assert.Null((await reader.ReceiveMessageAsync(cancellationToken: Cancel)).Value);
        for (var tries = 0; tries < 100; tries++)
        {
            await Task.Delay(200, Cancel);
            if ((await reader.ReceiveMessageAsync(cancellationToken: Cancel)).Value is not null)
                return;
        }

        Assert.Fail("The hint did not appear.");
    }

    [Fact]
    public async Task A_delay_beyond_what_a_queue_can_is_shortened()
    {
        var reader = await ReaderAsync();
        await QueueOf(azurite.ConnectionString).EnqueueAsync(Hint, TimeSpan.FromDays(30), Cancel);
        await QueueOf(azurite.ConnectionString).EnqueueAsync(Hint, TimeSpan.FromDays(-1), Cancel);

        Assert.Equal(2, (await reader.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);
        Assert.Single((await reader.ReceiveMessagesAsync(32, cancellationToken: Cancel)).Value);
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_costs_the_caller_nothing()
    {
        var logger = new CountingLogger();
        const string Nowhere = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;QueueEndpoint=http://127.0.0.1:1/a;";
        var queue = new StorageWorkQueue(new QueueOptions { ConnectionString = Nowhere }, logger);
        await queue.EnqueueAsync(Hint, TimeSpan.Zero, Cancel);
        Assert.Equal(1, logger.Warnings);
    }

    [Fact]
    public void Settings_name_a_connection_string_or_an_https_address()
    {
        Assert.Equal("UseDevelopmentStorage=true", From(("Queue", "UseDevelopmentStorage=true")).ConnectionString);
        var address = From(("Queue:queueServiceUri", "https://kith.queue.core.windows.net"), ("Queue:clientId", "c"));
        Assert.Equal((new Uri("https://kith.queue.core.windows.net"), "c"), (address.ServiceUri, address.ClientId));
        Assert.Throws<KithException>(() => From());
        Assert.Throws<KithException>(() => From(("Queue:queueServiceUri", "http://kith.queue.core.windows.net")));
        Assert.DoesNotContain("secret", From(("Queue", "AccountKey=secret")).ToString(), StringComparison.Ordinal);
    }

    private static QueueOptions From(params (string Name, string Value)[] settings) =>
        QueueOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());

    private static StorageWorkQueue QueueOf(string connection) => new(new QueueOptions { ConnectionString = connection }, NullLogger<StorageWorkQueue>.Instance);

    private async Task<QueueClient> ReaderAsync(bool isMissing = false)
    {
        var reader = new QueueClient(azurite.ConnectionString, QueueOptions.Name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await reader.DeleteIfExistsAsync(Cancel);
        if (!isMissing)
            await reader.CreateIfNotExistsAsync(cancellationToken: Cancel);
        return reader;
    }

    private sealed class CountingLogger : ILogger<StorageWorkQueue>
    {
        public int Warnings { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Warnings += logLevel == LogLevel.Warning ? 1 : 0;
    }
}
