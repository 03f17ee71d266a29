namespace Kith.Client.Tests.Threads;

/// <summary>The document's second version: findings by their importance, and how sure it is.</summary>
internal sealed class MySecondState
{
    public int Step { get; set; }

    public string Confidence { get; set; } = "";

    public Dictionary<string, List<string>> Findings { get; set; } = [];
}
