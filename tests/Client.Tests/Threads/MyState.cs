using System.Text.Json.Nodes;

namespace Kith.Client.Tests.Threads;

/// <summary>What <see cref="MyWorkflow"/> remembers.</summary>
internal sealed class MyState
{
    public int Step { get; set; } = 1;

    public List<string> Findings { get; set; } = [];

    public JsonObject Context { get; set; } = [];
}
