using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Kith.Functions.Double;
using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Tests;

/// <summary>host.json and the code say the same.</summary>
public sealed class HostFileTests
{
    private static readonly JsonNode Storage = Read("host.json");
    private static readonly JsonNode Scheduler = Read("host.scheduler.json");

    [Fact]
    public void The_two_files_differ_in_the_durable_backend_only()
    {
        Assert.Equal("AzureStorage", (string?)Storage["extensions"]!["durableTask"]!["storageProvider"]!["type"]);
        Assert.Equal("azureManaged", (string?)Scheduler["extensions"]!["durableTask"]!["storageProvider"]!["type"]);
        Assert.True(JsonNode.DeepEquals(Without(Storage), Without(Scheduler)));
    }

    [Fact]
    public void Queues_are_read_as_the_adapter_writes_them()
    {
        var queues = Storage["extensions"]!["queues"]!;
        Assert.Equal(nameof(QueueMessageEncoding.Base64), (string?)queues["messageEncoding"], ignoreCase: true);
        Assert.Equal(5, (int)queues["maxDequeueCount"]!);
        Assert.All(new FunctionTable().Of<QueueTriggerAttribute>(), function => Assert.Equal("KITH_Queue", function.Trigger.Connection));
        Assert.Equal([QueueOptions.Name + "-poison", QueueOptions.Name], new FunctionTable().Of<QueueTriggerAttribute>().Select(function => function.Trigger.QueueName));
    }

    [Fact]
    public void Routes_have_no_prefix_and_finished_instances_are_started_anew()
    {
        Assert.Equal("", (string?)Storage["extensions"]!["http"]!["routePrefix"]);
        Assert.Equal("NonRunningStates", (string?)Storage["extensions"]!["durableTask"]!["overridableExistingInstanceStates"]);
        Assert.True((bool)Storage["extensions"]!["durableTask"]!["throwStatusExceptionsOnRaiseEvent"]!);
    }

    [Fact]
    public void The_program_is_short() => Assert.True(File.ReadLines(PathOf("Program.cs")).Count() < 40);

    private static JsonNode Without(JsonNode file)
    {
        var copy = file.DeepClone();
        copy["extensions"]!["durableTask"]!.AsObject().Remove("storageProvider");
        foreach (var name in copy["logging"]!["logLevel"]!.AsObject().Select(level => level.Key).Where(name => name.StartsWith("DurableTask.Azure", StringComparison.Ordinal)).ToArray())
            copy["logging"]!["logLevel"]!.AsObject().Remove(name);
        return copy;
    }

    private static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(PathOf(name)))!;

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "functions", name);
}
